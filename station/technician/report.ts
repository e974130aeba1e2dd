import type { TechnicianDevice } from "../../core/contract/technician-devices.ts";
import type { Finding } from "../../core/contract/technician-doctor.ts";
import { faults, type FaultCode } from "../../core/domain/faults.ts";
import { instant } from "../../core/domain/time.ts";
import type { Language } from "../../core/i18n/message.ts";
import { isTechnicianKey, technicianMessage } from "../../core/i18n/technician.ts";

export interface ReportFacts {
  readonly device: TechnicianDevice;
  readonly findings: readonly Finding[] | undefined;
  readonly program: string;
  readonly now: number;
}

const hex4 = (id: number): string => id.toString(16).padStart(4, "0");

/**
 * What can be read to, or sent to, somebody far away: the device, its line and what the doctor found, in both languages.
 * No name of a person or a place, no reading, and nothing that a person typed.
 */
export function reportText({ device, findings, program, now }: ReportFacts): string {
  const { serial, usb, settings } = device;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["time", instant(now)],
    ["program", program],
    ["profile", device.profile],
    ["model", `${device.maker} ${device.model}`],
    ["port", device.port],
    ["usb", usb && `${hex4(usb.vendorId)}:${hex4(usb.productId)}`],
    ["serial", `${serial.baudRate} ${serial.dataBits}${serial.parity.slice(0, 1).toUpperCase()}${serial.stopBits}`],
    [
      "settings",
      Object.entries(settings)
        .map(([name, choice]) => `${name}=${choice}`)
        .join(" ") || undefined,
    ],
    ["taken by", device.taken.by],
    ["state", [device.state, ...device.reasons.map(({ code }) => numbered(code))].join(" ")],
    ["last good", device.lastGoodAt],
    ["clock offset", device.clockOffsetMs === undefined ? undefined : `${Math.round(device.clockOffsetMs / 1_000)} s`],
    ["firmware", device.firmware],
    ["device serial number", device.serialNumber],
    ["simulated", device.simulated ? "yes" : undefined],
  ];
  return [
    ...(["zh-CN", "en"] as const).map((language) => technicianMessage(language, "tech.report.title")),
    "",
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    ...(["zh-CN", "en"] as const).flatMap((language) => ["", ...findingLines(findings, language)]),
    "",
  ].join("\n");
}

function findingLines(findings: readonly Finding[] | undefined, language: Language): readonly string[] {
  if (findings === undefined) return [technicianMessage(language, "tech.report.notRun")];
  return findings.map(({ state, code, values, number }) => {
    const key = `tech.finding.${code}`;
    const mark = { ok: "+", bad: "!", unknown: "?" }[state];
    const words = isTechnicianKey(key) ? technicianMessage(language, key, values) : code;
    return `${mark} ${words}${number === undefined ? "" : ` [${number}]`}`;
  });
}

const numbered = (code: FaultCode): string => `${code}[${faults[code].number}]`;
