import type { TechnicianDevice } from "../../../core/contract/technician-devices.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { deviceName, DeviceMark, kindWords, offsetWords, Reasons, serialWords, usbWords } from "./device-words.tsx";
import { useFinder } from "./device-finder.tsx";
import { Card, Data, Facts, Mark, Page } from "./parts.tsx";
import { usePlace } from "./session.ts";
import { StationClockNote } from "./station-clock.tsx";
import { useTech } from "./words.ts";

/** What needs a hand comes first. */
const order = { out: 0, away: 1, busy: 2, ready: 3 } as const;

/** What is plugged in, and what it is taken for. */
export function DevicesPage() {
  const tech = useTech();
  const { devices: view, go } = usePlace();
  const { devices, freePorts, refusedProfiles } = view;
  const { found, field } = useFinder(
    devices.toSorted((a, b) => order[a.state] - order[b.state]),
    (one) => `${deviceName(one)} ${one.maker} ${one.model} ${kindWords(tech, one.measures)}`,
  );
  return (
    <Page name="devices" title={tech("tech.devices.title")} note={tech("tech.devices.what", { n: devices.length })}>
      <StationClockNote />
      {field}
      <div className="tech-grid">
        {found.map((device) => (
          <DeviceCard key={device.id} device={device} />
        ))}
        {freePorts.map((port) => (
          <Card
            key={port.path}
            title={tech("tech.port.free")}
            mark={<Mark kind="none">{tech("tech.port.nobody")}</Mark>}
            testId="free-port"
            actions={
              <Press kind="main" onPress={() => go({ at: "assign", port: port.path })} testId="assign">
                {tech("tech.assign")}
              </Press>
            }
          >
            <Facts
              rows={[
                ["tech.port", <Data code>{port.path}</Data>],
                ["tech.alias", port.alias && <Data code>{port.alias}</Data>],
                ["tech.usb", port.usb && <Data code>{usbWords(port.usb)}</Data>],
                ["tech.claimedBy", port.claimedBy.length > 0 && <Data>{port.claimedBy.join(", ")}</Data>],
              ]}
            />
          </Card>
        ))}
      </div>
      <div className="tech-actions">
        <Press kind="second" onPress={() => go({ at: "profiles" })} testId="profiles">
          <Icon name="list" />
          {tech("tech.profiles.title")}
          {refusedProfiles.length > 0 && (
            <Mark kind="care">{tech("tech.profiles.refusedCount", { n: refusedProfiles.length })}</Mark>
          )}
        </Press>
        <Press kind="second" onPress={() => go({ at: "captures" })} testId="captures">
          <Icon name="list" />
          {tech("tech.captures.title")}
        </Press>
        <Press kind="second" onPress={() => go({ at: "voice" })} testId="voice">
          <Icon name="voice" />
          {tech("tech.voice.title")}
        </Press>
        <Press kind="second" onPress={() => go({ at: "offers" })} testId="offers">
          <Icon name="list" />
          {tech("tech.offers.title")}
        </Press>
      </div>
    </Page>
  );
}

function DeviceCard({ device }: { readonly device: TechnicianDevice }) {
  const tech = useTech();
  const { go } = usePlace();
  return (
    <Card
      title={<Data>{deviceName(device)}</Data>}
      mark={<DeviceMark device={device} />}
      testId="device-card"
      actions={
        <>
          <Press kind="main" onPress={() => go({ at: "device", device: device.id })} testId="device-open">
            {tech("tech.device.open")}
          </Press>
          <Press kind="second" onPress={() => go({ at: "doctor", device: device.id })} testId="device-doctor">
            {tech("tech.doctor.short")}
          </Press>
          <Press kind="second" onPress={() => go({ at: "live", device: device.id })} testId="device-live">
            {tech("tech.live.short")}
          </Press>
        </>
      }
    >
      <p className="quiet">
        {kindWords(tech, device.measures)} · <Data>{`${device.maker} ${device.model}`}</Data>
        {device.simulated && ` · ${tech("tech.simulated")}`}
      </p>
      <Reasons reasons={device.reasons} />
      <Facts
        rows={[
          ["tech.port", <Data code>{device.port}</Data>],
          ["tech.serial", <Data code>{serialWords(device.serial)}</Data>],
          ["tech.lastGood", device.lastGoodAt === undefined ? tech("tech.never") : tech.moment(device.lastGoodAt)],
          ["tech.clock", device.clockOffsetMs !== undefined && offsetWords(tech, device.clockOffsetMs)],
          ["tech.firmware", device.firmware && <Data>{device.firmware}</Data>],
        ]}
      />
    </Card>
  );
}
