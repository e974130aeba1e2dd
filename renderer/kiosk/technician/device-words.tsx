import type { TechnicianDevice, TechnicianView } from "../../../core/contract/technician-devices.ts";
import { numberOf, type Tech, useTech } from "./words.ts";
import { Data, Mark, type MarkKind } from "./parts.tsx";

/** What staff call it, else what it is. */
export function deviceName({ name, maker, model }: Pick<TechnicianDevice, "name" | "maker" | "model">): string {
  return name === undefined || name === "" ? `${maker} ${model}` : name;
}

export function deviceOf(view: TechnicianView, id: string): TechnicianDevice | undefined {
  return view.devices.find((device) => device.id === id);
}

/** Named by id, for records about devices that may be gone. */
export function nameOf(view: TechnicianView, id: string): string {
  const device = deviceOf(view, id);
  return device === undefined ? id : deviceName(device);
}

const marks: Readonly<Record<TechnicianDevice["state"], MarkKind>> = {
  ready: "ok",
  busy: "ok",
  away: "care",
  out: "bad",
};

export function DeviceMark({ device }: { readonly device: Pick<TechnicianDevice, "state"> }) {
  const tech = useTech();
  return (
    <Mark kind={marks[device.state]} testId={`state-${device.state}`}>
      {tech(`tech.state.${device.state}`)}
    </Mark>
  );
}

/** Every reason why it is not ready: the sentence, since when, by whom, and the number for the telephone. */
export function Reasons({ reasons }: { readonly reasons: TechnicianDevice["reasons"] }) {
  const tech = useTech();
  if (reasons.length === 0) return null;
  return (
    <ul className="tech-reasons">
      {reasons.map(({ code, since, by, text }, index) => (
        <li key={`${code}-${index}`} data-testid="reason" data-code={code}>
          <strong>{tech.cause(code)}</strong>
          {text !== undefined && (
            <span>
              <Data>{text}</Data>
            </span>
          )}
          <span className="quiet">
            {since !== undefined && tech("tech.since", { time: tech.moment(since) })}
            {by !== undefined && <Data> {by}</Data>} {tech("tech.number", { n: numberOf(code) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** `9600 8N1`, the way it stands in manuals. */
export function serialWords({ baudRate, dataBits, parity, stopBits }: TechnicianDevice["serial"]): string {
  return `${baudRate} ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}

/** How far its clock is off, in the largest unit that says it. */
export function offsetWords(tech: Tech, ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const size =
    seconds < 120
      ? tech("tech.seconds", { n: seconds })
      : seconds < 7_200
        ? tech("tech.minutes", { n: Math.round(seconds / 60) })
        : seconds < 172_800
          ? tech("tech.hours", { n: Math.round(seconds / 3_600) })
          : tech("tech.days", { n: Math.round(seconds / 86_400) });
  if (seconds === 0) return tech("tech.clock.right");
  return tech(ms > 0 ? "tech.clock.ahead" : "tech.clock.behind", { size });
}

export function usbWords(usb: { readonly vendorId: number; readonly productId: number }): string {
  const hex = (n: number) => n.toString(16).padStart(4, "0");
  return `${hex(usb.vendorId)}:${hex(usb.productId)}`;
}

export const kindWords = (tech: Tech, measures: readonly string[]): string =>
  measures.map((of) => tech.code("tech.of", of)).join(tech("tech.and"));
