import { useState } from "react";
import { Press } from "../../parts/press.tsx";
import { nameOf } from "./device-words.tsx";
import { saveText } from "./save.ts";
import { Data, FaultNote, Page } from "./parts.tsx";
import { useAct, useOnce, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

interface Listed {
  readonly name: string;
  readonly device: string;
  readonly at: string;
  readonly sizeBytes: number;
}

/** Sessions recorded here; `decode` and the tests can replay them. */
export function CapturesPage() {
  const tech = useTech();
  const { devices } = usePlace();
  const [captures, setCaptures] = useState<readonly Listed[]>();
  const list = useAct((client, { session }) => client.technician.line.captures({ session }));
  const open = useAct((client, { session }, name: string) => client.technician.line.capture({ session, name }));
  const [text, setText] = useState<{ readonly name: string; readonly text: string }>();
  useOnce(() => void list.run().then((answer) => answer && setCaptures(answer)));
  const show = (name: string) => void open.run(name).then((answer) => answer && setText({ name, text: answer.text }));
  return (
    <Page name="captures" title={tech("tech.captures.title")} note={tech("tech.captures.what")}>
      <FaultNote code={list.fault ?? open.fault} />
      {captures?.length === 0 && <p className="lead">{tech("tech.captures.none")}</p>}
      <ul className="tech-rows">
        {captures?.map((one) => (
          <li key={one.name} data-testid="capture">
            <strong>
              <Data code>{one.name}</Data>
            </strong>
            <span className="quiet">
              <Data>{nameOf(devices, one.device)}</Data> · {tech.moment(one.at)} ·{" "}
              {tech("tech.bytes", { n: one.sizeBytes })}
            </span>
            <Press kind="second" onPress={() => show(one.name)} testId="capture-open">
              {tech("tech.captures.show")}
            </Press>
          </li>
        ))}
      </ul>
      {text !== undefined && (
        <>
          <pre className="tech-report" translate="no" tabIndex={0} aria-label={text.name} data-testid="capture-text">
            {text.text}
          </pre>
          <div className="tech-actions">
            <Press kind="main" onPress={() => saveText(text.name, text.text)} testId="capture-save">
              {tech("tech.captures.save")}
            </Press>
          </div>
        </>
      )}
    </Page>
  );
}
