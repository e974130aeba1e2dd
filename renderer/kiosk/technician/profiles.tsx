import { useRef, useState } from "react";
import type { RefusedProfile } from "../../../core/contract/technician-devices.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { kindWords } from "./device-words.tsx";
import { Card, Data, FaultNote, Field, Mark, Page } from "./parts.tsx";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** A device without a programmer: a JSON profile is added here, and what was refused says at which line and why. */
export function ProfilesPage() {
  const tech = useTech();
  const { devices } = usePlace();
  const added = devices.profiles.filter(({ from }) => from === "folder");
  return (
    <Page
      name="profiles"
      title={tech("tech.profiles.title")}
      note={tech("tech.profiles.what", { n: devices.profiles.length, own: added.length })}
    >
      <div className="tech-grid tech-grid-two">
        <AddProfile />
        {added.length > 0 && (
          <Card title={tech("tech.profiles.added")}>
            <ul className="tech-rows">
              {added.map((one) => (
                <li key={one.id} data-testid="added-profile">
                  <strong>
                    <Data>{`${one.maker} ${one.model}`}</Data>
                  </strong>
                  <span className="quiet">
                    <Data>{one.id}</Data> · {kindWords(tech, one.measures)}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {devices.refusedProfiles.length > 0 && (
          <Card
            title={tech("tech.profiles.refused")}
            mark={<Mark kind="care">{String(devices.refusedProfiles.length)}</Mark>}
            wide
          >
            {devices.refusedProfiles.map((refused) => (
              <Refused key={refused.file} refused={refused} />
            ))}
          </Card>
        )}
      </div>
    </Page>
  );
}

function AddProfile() {
  const tech = useTech();
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState("");
  const [json, setJson] = useState("");
  const [refused, setRefused] = useState<RefusedProfile>();
  const [kept, setKept] = useState<string>();
  const add = useAct((client, own, name: string, text: string) =>
    client.technician.devices.addProfile({ ...own, file: name, text }),
  );
  const give = async (name: string, text: string) => {
    setRefused(undefined);
    setKept(undefined);
    const answer = await add.run(name, text);
    if (answer === undefined) return;
    if (answer.kept) setKept(answer.profile);
    else setRefused(answer.refused);
  };
  const fileName = /[.]json$/i.test(file.trim()) ? file.trim() : `${file.trim()}.json`;
  return (
    <Card
      title={tech("tech.profiles.add")}
      wide
      actions={
        <>
          <Press kind="main" disabled={add.busy} onPress={() => chooser.current?.click()} testId="profile-choose">
            <Icon name="list" />
            {tech("tech.profiles.choose")}
          </Press>
          <Press
            kind="second"
            disabled={add.busy || json.trim() === "" || file.trim() === ""}
            onPress={() => void give(fileName, json)}
            testId="profile-paste-done"
          >
            {tech("tech.profiles.pasteDone")}
          </Press>
        </>
      }
    >
      <p>{tech("tech.profiles.addWhat")}</p>
      <input
        ref={chooser}
        className="unseen"
        type="file"
        accept=".json,application/json"
        tabIndex={-1}
        aria-label={tech("tech.profiles.choose")}
        data-testid="profile-file"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen === undefined) return;
          void chosen.text().then((text) => {
            setFile(chosen.name);
            setJson(text);
            return give(chosen.name, text);
          });
        }}
      />
      {kept !== undefined && (
        <p role="status" data-testid="profile-kept">
          <Mark kind="ok">{tech("tech.profiles.kept")}</Mark> <Data code>{kept}</Data>
        </p>
      )}
      {refused !== undefined && <Refused refused={refused} />}
      <FaultNote code={add.fault} />
      <div className="tech-paste">
        <Field
          label={tech("tech.profiles.file")}
          value={file}
          onChange={setFile}
          maxLength={100}
          testId="profile-name"
        />
        <label className="tech-field">
          {tech("tech.profiles.paste")}
          <textarea
            rows={6}
            value={json}
            onChange={(event) => setJson(event.target.value)}
            spellCheck={false}
            data-testid="profile-paste"
          />
        </label>
      </div>
    </Card>
  );
}

/** A file that was not taken, with every line and reason. */
export function Refused({ refused }: { readonly refused: RefusedProfile }) {
  const tech = useTech();
  return (
    <div className="tech-refused" role="group" data-testid="profile-refused">
      <p>
        <Mark kind="bad">{tech("tech.profiles.refusedOne")}</Mark> <Data code>{refused.file}</Data>
      </p>
      <ol>
        {refused.problems.map(({ line, path, reason }, index) => (
          <li key={index}>
            {line !== undefined && <strong>{tech("tech.profiles.line", { n: line })}</strong>}
            {path !== undefined && <Data code>{path}</Data>}
            <span>{tech.said(reason)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
