import { rulesOf, type Profile } from "../../drivers/kit/index.ts";
import { isWeak } from "../../drivers/kit/checks.ts";
import { code, plain, table } from "./markdown.ts";
import {
  fieldWords,
  limitWords,
  ruleWords,
  seconds,
  sessionWords,
  settingRows,
  specialWords,
  unitWords,
} from "./sheet-words.ts";

/** What the table of a device says, for people: the part of its sheet that is written by the program. */
export function sheetOf(profile: Profile, file: string): string {
  const parts = [
    `# ${plain(`${profile.model.maker} ${profile.model.name}`)}`,
    `Written from ${code(file)} by ${code(`npm run -s profile -- sheet ${profile.id}`)}; only what stands between the marks "by hand" is written by a person.`,
    table(["", ""], overview(profile)),
    section("Settings", settings(profile)),
    section("Frames", frames(profile)),
    section("Fields", fields(profile)),
    section("What the frames mean", meaning(profile)),
    section("Session", sessions(profile)),
    section("Forbidden, and not encodable", forbidden(profile)),
    section("Simulated faults", Object.keys(profile.simulate.faults).map(code).join(", ")),
    section("Verified by the program", verified(profile)),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** `9600 8N1`. */
export function lineOf({ serial }: Profile): string {
  const { baudRate, dataBits, parity, stopBits } = serial;
  return `${baudRate} ${dataBits}${{ none: "N", even: "E", odd: "O" }[parity]}${stopBits}`;
}

const section = (heading: string, body: string): string => (body === "" ? "" : `## ${heading}\n\n${body}`);

function overview(profile: Profile): readonly (readonly string[])[] {
  const { serial, aliases = [], clock, envelopes } = profile;
  const speeds = (serial.baudChoices ?? []).filter((speed) => speed !== serial.baudRate);
  const usb = serial.match.map(
    ({ vendorId, productId }) => `${vendorId.toString(16).padStart(4, "0")}:${productId.toString(16).padStart(4, "0")}`,
  );
  const weak = isWeak(profile.check) ? ", weak" : "";
  const rows: readonly (readonly [string, string])[] = [
    ["profile", [profile.id, ...aliases].map(code).join(", ")],
    ["source", plain(profile.source)],
    ["dossier", code(profile.dossier)],
    ["measures", profile.measures.join(", ") || "nothing"],
    ["line", `${lineOf(profile)}${speeds.length === 0 ? "" : `; some units ${speeds.join(", ")}`}`],
    ["found by", usb.length === 0 ? "a person assigns the port" : `USB ids ${usb.map(code).join(", ")}`],
    [
      "envelope",
      envelope(envelopes.host) +
        (envelopes.device === undefined ? "" : `; to the device ${envelope(envelopes.device)}`),
    ],
    [
      "check",
      `${profile.check}${weak}${profile.confirm === "display" ? "; a person compares the numbers with the display" : ""}${profile.display === false ? "; it has no display to compare with" : ""}`,
    ],
    ["acts on a person", profile.actuates ? "yes: stop is sent on every way out" : "no"],
    ["speaks", profile.push ? "when somebody uses it; its port is listened to all the time" : "during a session only"],
    ["clock", clock === undefined ? "not compared" : `doubted when more than ${seconds(clock.maxOffsetMs)} off`],
    ...(profile.link === undefined ? [] : [["link", code(JSON.stringify(profile.link))] as const]),
  ];
  return rows;
}

function envelope(of: Profile["envelopes"]["host"]): string {
  const { kind, ...rest } = of;
  const says = Object.entries(rest).flatMap(([key, value]) =>
    value === undefined ? [] : [code(`${key} ${typeof value === "string" ? visible(value) : JSON.stringify(value)}`)],
  );
  return [kind, ...says].join(", ");
}

/** Control signs and blanks at the ends can be seen. */
const visible = (text: string): string => (/^[!-~]([ -~]*[!-~])?$/.test(text) ? text : JSON.stringify(text));

function settings(profile: Profile): string {
  const rows = settingRows(profile);
  return rows.length === 0 ? "" : table(["setting", "is", "choices, the usual one in bold"], rows);
}

function frames({ frames: all }: Profile): string {
  const rows = Object.entries(all).map(([name, frame]) => {
    const { to, size, fields: own, ...rest } = frame;
    const told = Object.entries(rest).flatMap(([key, value]) =>
      value === undefined ? [] : [code(`${key} ${typeof value === "string" ? visible(value) : JSON.stringify(value)}`)],
    );
    return [
      code(name),
      to === "host" ? "← device" : "→ device",
      size === undefined ? "" : [size].flat().join(" to "),
      told.join(", "),
      Object.keys(own).map(code).join(", "),
    ];
  });
  return table(["frame", "", "bytes", "told by", "fields"], rows);
}

function fields({ frames: all }: Profile): string {
  const rows = Object.entries(all).flatMap(([frame, { fields: own }]) =>
    Object.entries(own).map(([name, field]) => [
      code(`${frame}.${name}`),
      fieldWords(field),
      unitWords(field),
      limitWords(field),
      specialWords(field),
    ]),
  );
  return rows.length === 0 ? "" : table(["field", "stands as", "unit", "from, to", "special values"], rows);
}

function meaning(profile: Profile): string {
  const rows = Object.keys(profile.meaning).flatMap((frame) =>
    rulesOf(profile, frame).map((rule, i) => [i === 0 ? code(frame) : "", ruleWords(rule)]),
  );
  return table(["frame", "rule"], rows);
}

function sessions(profile: Profile): string {
  const others = { ...profile.sessionFor, ...profile.tasks };
  return [
    sessionWords(profile.session),
    ...Object.entries(others).map(([name, each]) => `### ${name}\n\n${sessionWords(each)}`),
  ].join("\n\n");
}

function forbidden({ forbidden: patterns }: Profile): string {
  return patterns.map(({ name, at, is }) => `- ${plain(name)}: ${code(is)} at ${at}`).join("\n");
}

function verified(profile: Profile): string {
  return [
    `- Every law of ${code("drivers/laws")}, each on its own: ${code(`npm run -s profile -- check ${profile.id}`)}.`,
    `- Against a unit: only what the part by hand says.`,
  ].join("\n");
}
