import { useState } from "react";
import { Press } from "../../parts/press.tsx";
import { Conditions } from "./conditions.tsx";
import { nameOf } from "./device-words.tsx";
import { Card, Data, FaultNote, Field, Mark, Page, Suggestions } from "./parts.tsx";
import { qualityOf } from "./quality-words.ts";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** Ends what only a signature ends: by another technician than who reported it, over a run that passed. */
export function ReleasePage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices, quality, go } = usePlace();
  const [reason, setReason] = useState("");
  const [done, setDone] = useState(false);
  const release = useAct((client, own) => client.quality.release({ ...own, device: id, reason: reason.trim() }));
  const device = qualityOf(quality, id);
  if (device === undefined) return null;
  const may = device.latched.length > 0 && device.latched.every(({ mayRelease }) => mayRelease);
  return (
    <Page name="release" title={tech("tech.release.title")} note={<Data>{nameOf(devices, id)}</Data>}>
      <div className="tech-grid tech-grid-two">
        <Card title={tech("tech.release.open")}>
          {device.latched.length === 0 && <p>{tech("tech.release.nothing")}</p>}
          <ul className="tech-rows">
            {device.latched.map((one, index) => (
              <li key={index} data-testid="latched">
                <div>
                  <strong>{tech.code("qc.condition", one.code)}</strong>
                  <span className="quiet">
                    {tech("tech.since", { time: tech.moment(one.since) })} · {tech("tech.release.by")}{" "}
                    <Data>{one.reportedBy}</Data>
                  </span>
                </div>
                <Mark kind={one.mayRelease ? "ok" : "care"}>
                  {tech(one.mayRelease ? "tech.release.may" : "tech.release.other")}
                </Mark>
              </li>
            ))}
          </ul>
          <Conditions conditions={device.gate.conditions} />
          {device.analytes.length > 0 && (
            <Press kind="second" onPress={() => go({ at: "quality" })} testId="release-control">
              {tech("tech.release.control")}
            </Press>
          )}
        </Card>
        <Card title={tech("tech.release.sign")}>
          <p>{tech("tech.release.what")}</p>
          <Suggestions words={[tech("tech.release.reason1"), tech("tech.release.reason2")]} onPick={setReason} />
          <Field
            label={tech("tech.release.reason")}
            value={reason}
            onChange={setReason}
            maxLength={400}
            testId="release-reason"
          />
          <FaultNote code={release.fault} />
          {done && <Mark kind="ok">{tech("tech.done")}</Mark>}
          <Press
            kind="main"
            disabled={!may || reason.trim().length < 4 || release.busy}
            onPress={() => void release.run().then((answer) => setDone(answer !== undefined))}
            testId="release"
          >
            {tech("tech.release.do")}
          </Press>
        </Card>
      </div>
    </Page>
  );
}
