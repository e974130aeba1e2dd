import { useState } from "react";
import type { TechnicianDevice } from "../../../core/contract/technician-devices.ts";
import { Press } from "../../parts/press.tsx";
import { Conditions } from "./conditions.tsx";
import {
  deviceName,
  deviceOf,
  DeviceMark,
  kindWords,
  offsetWords,
  Reasons,
  serialWords,
  usbWords,
} from "./device-words.tsx";
import { Card, Data, Facts, FaultNote, Field, HoldPress, Mark, Page, Suggestions } from "./parts.tsx";
import { useAct, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

/** One device: everything known of it, and what may be done to it. */
export function DevicePage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices, quality, go } = usePlace();
  const device = deviceOf(devices, id);
  if (device === undefined)
    return (
      <Page name="device" title={tech("tech.device.gone")} note={<Data>{id}</Data>}>
        {null}
      </Page>
    );
  const own = quality?.devices.find((one) => one.device === id);
  return (
    <Page name="device" title={<Data>{deviceName(device)}</Data>} note={kindWords(tech, device.measures)}>
      <div className="tech-grid tech-grid-two">
        <Card
          title={tech("tech.device.how")}
          mark={<DeviceMark device={device} />}
          actions={
            <>
              <Press kind="main" onPress={() => go({ at: "doctor", device: id })} testId="device-doctor">
                {tech("tech.doctor.title")}
              </Press>
              <Press kind="second" onPress={() => go({ at: "live", device: id })} testId="device-live">
                {tech("tech.live.title")}
              </Press>
            </>
          }
        >
          <Reasons reasons={device.reasons} />
          {own && <Conditions conditions={own.gate.conditions} />}
          <Facts
            rows={[
              ["tech.lastGood", device.lastGoodAt === undefined ? tech("tech.never") : tech.moment(device.lastGoodAt)],
              ["tech.serialNumber", device.serialNumber && <Data>{device.serialNumber}</Data>],
              ["tech.firmware", device.firmware && <Data>{device.firmware}</Data>],
              ["tech.confirm.actuates", device.actuates && tech("tech.yes")],
            ]}
          />
        </Card>
        <What device={device} />
        <Clock device={device} />
        <Name device={device} />
        <OutOfUse device={device} />
      </div>
    </Page>
  );
}

/** What it is taken for, and why. */
function What({ device }: { readonly device: TechnicianDevice }) {
  const tech = useTech();
  const { go, devices } = usePlace();
  const { taken, settings } = device;
  const profile = devices.profiles.find((one) => one.id === device.profile);
  const chosen = Object.entries(settings).map(([name, choice]) => {
    const setting = profile?.settings.find((one) => one.name === name);
    const says = setting?.choices.find((one) => one.name === choice)?.says;
    return [setting?.says ? tech.said(setting.says) : name, says ? tech.said(says) : choice] as const;
  });
  return (
    <Card
      title={tech("tech.device.what")}
      actions={
        <Press kind="second" onPress={() => go({ at: "assign", port: device.port })} testId="device-assign">
          {tech("tech.assign.other")}
        </Press>
      }
    >
      <Facts
        rows={[
          ["tech.model", <Data>{`${device.maker} ${device.model}`}</Data>],
          ["tech.profile", <Data code>{device.profile}</Data>],
          [
            "tech.taken",
            taken.by === "staff" ? (
              <>
                {tech("tech.taken.staff", { time: tech.moment(taken.at) })} <Data>{taken.name}</Data>
              </>
            ) : (
              tech(`tech.taken.${taken.by}`)
            ),
          ],
          ["tech.port", <Data code>{device.port}</Data>],
          ["tech.alias", device.alias && <Data code>{device.alias}</Data>],
          ["tech.usb", device.usb && <Data code>{usbWords(device.usb)}</Data>],
          ["tech.serial", <Data code>{serialWords(device.serial)}</Data>],
          [
            "tech.settings",
            chosen.length > 0 && <Data>{chosen.map(([name, choice]) => `${name}: ${choice}`).join(" · ")}</Data>,
          ],
        ]}
      />
    </Card>
  );
}

function Clock({ device }: { readonly device: TechnicianDevice }) {
  const tech = useTech();
  const set = useAct((client, own) => client.technician.devices.setClock({ ...own, device: device.id }));
  const [done, setDone] = useState(false);
  const { clockOffsetMs: offset, clockMaxOffsetMs: most } = device;
  const off = offset !== undefined && most !== undefined && Math.abs(offset) > most;
  return (
    <Card
      title={tech("tech.clock")}
      mark={offset !== undefined && <Mark kind={off ? "care" : "ok"}>{offsetWords(tech, offset)}</Mark>}
      actions={
        device.canSetClock && (
          <Press
            kind={off ? "main" : "second"}
            disabled={set.busy}
            onPress={() => void set.run().then((answer) => setDone(answer !== undefined))}
            testId="set-clock"
          >
            {tech(set.busy ? "tech.working" : "tech.clock.set")}
          </Press>
        )
      }
    >
      <p>
        {tech(device.canSetClock ? "tech.clock.what" : offset === undefined ? "tech.clock.none" : "tech.clock.cannot")}
      </p>
      {done && <Mark kind="ok">{tech("tech.done")}</Mark>}
      <FaultNote code={set.fault} />
    </Card>
  );
}

function Name({ device }: { readonly device: TechnicianDevice }) {
  const tech = useTech();
  const [name, setName] = useState(device.name ?? "");
  const rename = useAct((client, own, to: string) =>
    client.technician.devices.rename({ ...own, device: device.id, name: to }),
  );
  return (
    <Card title={tech("tech.rename.title")}>
      <form
        className="tech-line"
        onSubmit={(event) => {
          event.preventDefault();
          void rename.run(name.trim());
        }}
      >
        <Field label={tech("tech.rename.label")} value={name} onChange={setName} maxLength={40} testId="device-name" />
        <button type="submit" className="press press-second" data-testid="rename">
          {tech("tech.rename")}
        </button>
      </form>
      <FaultNote code={rename.fault} />
    </Card>
  );
}

/** Taking a device out of service with a reason, and bringing it back. */
function OutOfUse({ device }: { readonly device: TechnicianDevice }) {
  const tech = useTech();
  const { back } = usePlace();
  const [reason, setReason] = useState("");
  const withdraw = useAct((client, own) =>
    client.technician.devices.withdraw({ ...own, device: device.id, reason: reason.trim() }),
  );
  const restore = useAct((client, own) => client.technician.devices.restore({ ...own, device: device.id }));
  const forget = useAct((client, own) => client.technician.devices.forget({ ...own, device: device.id }));
  if (device.withdrawn)
    return (
      <Card
        title={tech("tech.restore.title")}
        mark={<Mark kind="bad">{tech("tech.withdrawn")}</Mark>}
        actions={
          <Press kind="main" disabled={restore.busy} onPress={() => void restore.run()} testId="restore">
            {tech("tech.restore")}
          </Press>
        }
      >
        <p>{tech("tech.restore.what")}</p>
        <FaultNote code={restore.fault} />
      </Card>
    );
  return (
    <Card
      title={tech("tech.withdraw.title")}
      actions={
        <>
          <Press
            kind="stop"
            disabled={reason.trim() === "" || withdraw.busy}
            onPress={() => void withdraw.run().then((answer) => answer && setReason(""))}
            testId="withdraw"
          >
            {tech("tech.withdraw")}
          </Press>
          {device.taken.by === "staff" && (
            <HoldPress onDone={() => void forget.run().then((answer) => answer && back())} testId="forget">
              {tech("tech.forget")}
            </HoldPress>
          )}
        </>
      }
    >
      <p>{tech("tech.withdraw.what")}</p>
      <Suggestions
        words={[
          tech("tech.withdraw.leak"),
          tech("tech.withdraw.fell"),
          tech("tech.withdraw.wrong"),
          tech("tech.withdraw.sent"),
        ]}
        onPick={setReason}
      />
      <Field
        label={tech("tech.withdraw.reason")}
        value={reason}
        onChange={setReason}
        maxLength={200}
        testId="withdraw-reason"
      />
      <FaultNote code={withdraw.fault ?? forget.fault} />
    </Card>
  );
}
