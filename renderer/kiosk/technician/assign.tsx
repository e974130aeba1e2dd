import { useState } from "react";
import type { ProfileView } from "../../../core/contract/technician-devices.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { kindWords } from "./device-words.tsx";
import { Card, Choices, Data, FaultNote, Field, Mark, Page } from "./parts.tsx";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** Says what is plugged into a port: a profile of the list, its settings as named choices, and a name. */
export function AssignPage({ port }: { readonly port: string }) {
  const tech = useTech();
  const { devices, back } = usePlace();
  const present = devices.devices.find((device) => device.port === port);
  const claimed = devices.freePorts.find((one) => one.path === port)?.claimedBy ?? [];
  const [wanted, setWanted] = useState("");
  const [picked, setPicked] = useState<string | undefined>(present?.profile);
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>(present?.settings ?? {});
  const [name, setName] = useState(present?.name ?? "");
  const profile = devices.profiles.find(({ id }) => id === picked);
  const assign = useAct((client, own) =>
    client.technician.devices.assign({
      ...own,
      port,
      profile: picked ?? "",
      settings: Object.fromEntries(profile?.settings.map((one) => [one.name, settings[one.name] ?? one.usual]) ?? []),
      ...(name.trim() === "" ? {} : { name: name.trim() }),
    }),
  );
  const words = wanted.trim().toLowerCase().split(/\s+/);
  const found = devices.profiles
    .filter((one) => {
      const all = `${one.id} ${one.maker} ${one.model} ${kindWords(tech, one.measures)}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    // What the plug itself says it is comes first.
    .toSorted((a, b) => Number(claimed.includes(b.id)) - Number(claimed.includes(a.id)));
  return (
    <Page
      name="assign"
      title={tech("tech.assign.title")}
      note={
        <>
          {tech("tech.port")} <Data code>{port}</Data>
        </>
      }
    >
      <div className="tech-grid tech-grid-two">
        <Card
          title={tech("tech.assign.pick")}
          mark={<span className="quiet">{tech("tech.assign.count", { n: found.length })}</span>}
        >
          <Field
            first
            type="search"
            label={tech("tech.assign.search")}
            value={wanted}
            onChange={setWanted}
            testId="profile-search"
          />
          <ul className="profile-list" data-testid="profile-list" tabIndex={0} aria-label={tech("tech.assign.pick")}>
            {found.map((one) => (
              <li key={one.id}>
                <Press
                  kind="card"
                  className="tech-profile"
                  pressed={one.id === picked}
                  onPress={() => {
                    setPicked(one.id);
                    setSettings({});
                  }}
                  testId={`profile-${one.id}`}
                >
                  <strong>
                    <Data>{`${one.maker} ${one.model}`}</Data>
                  </strong>
                  <span className="quiet">
                    {kindWords(tech, one.measures)} · <Data>{one.id}</Data>
                    {one.from === "folder" && ` · ${tech("tech.profile.folder")}`}
                  </span>
                  {claimed.includes(one.id) && <Mark kind="ok">{tech("tech.assign.claimed")}</Mark>}
                  {one.id === picked && <Icon name="yes" />}
                </Press>
              </li>
            ))}
          </ul>
        </Card>
        <Card
          title={tech("tech.assign.how")}
          actions={
            <Press
              kind="main"
              disabled={profile === undefined || assign.busy}
              onPress={() => void assign.run().then((answer) => answer && back())}
              testId="assign-done"
            >
              {tech("tech.assign.done")}
            </Press>
          }
        >
          {profile === undefined ? (
            <p className="quiet">{tech("tech.assign.none")}</p>
          ) : (
            <>
              <p>
                <strong>
                  <Data>{`${profile.maker} ${profile.model}`}</Data>
                </strong>
              </p>
              <Settings profile={profile} chosen={settings} onChange={setSettings} />
              <Field
                label={tech("tech.rename.label")}
                value={name}
                onChange={setName}
                maxLength={40}
                testId="assign-name"
              />
            </>
          )}
          <FaultNote code={assign.fault} />
        </Card>
      </div>
    </Page>
  );
}

function Settings(props: {
  readonly profile: ProfileView;
  readonly chosen: Readonly<Record<string, string>>;
  readonly onChange: (chosen: Readonly<Record<string, string>>) => void;
}) {
  const tech = useTech();
  if (props.profile.settings.length === 0) return <p className="quiet">{tech("tech.assign.noSettings")}</p>;
  return props.profile.settings.map((setting) => (
    <Choices
      key={setting.name}
      label={setting.says === undefined ? setting.name : tech.said(setting.says)}
      choices={setting.choices.map((choice) => ({
        name: choice.name,
        says: choice.says === undefined ? <Data>{choice.name}</Data> : tech.said(choice.says),
        ...(choice.name === setting.usual ? { about: tech("tech.assign.usual") } : {}),
      }))}
      value={props.chosen[setting.name] ?? setting.usual}
      onChange={(name) => props.onChange({ ...props.chosen, [setting.name]: name })}
      testId={`setting-${setting.name}`}
    />
  ));
}
