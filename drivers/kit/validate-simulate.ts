import type { Say } from "./envelope.ts";
import { encode } from "./envelopes.ts";
import { everyMoment, sampleValues } from "./sample.ts";
import type { Profile, SimLine } from "./schema.ts";

/** Every line of the simulated device can be said. */
function checkLine(profile: Profile, line: SimLine, path: string, say: Say): void {
  for (const name of [line.once, line.until])
    if (name !== undefined && profile.frames[name]?.to !== "device") say(path, `${name} is no frame to the device`);
  const can = (frame: string, values: Parameters<typeof sampleValues>[2]): void => {
    for (const moment of everyMoment(values)) encode(profile, frame, sampleValues(profile, frame, moment));
  };
  try {
    if ("send" in line) can(line.send, line.values);
    else if ("stream" in line) can(line.stream, line.values);
    else if ("ramp" in line) {
      const field = profile.frames[line.ramp]?.fields[line.field];
      if (field === undefined || !("min" in field)) say(path, `${line.field} is no number of ${line.ramp}`);
      else can(line.ramp, { ...line.values, [line.field]: field.min });
    } else {
      for (const row of line.rows) can(line.memory, row);
      if (line.none !== undefined) can(line.none.send, line.none.values);
    }
  } catch (error) {
    say(path, error instanceof Error ? error.message : String(error));
  }
}

export function checkSimulator(profile: Profile, say: Say): void {
  const scripts = [
    { path: "simulate", ...profile.simulate },
    ...Object.entries(profile.simulate.faults).map(([name, fault]) => ({ path: `simulate.faults.${name}`, ...fault })),
  ];
  for (const script of scripts) {
    const lines = (each: readonly SimLine[], path: string): void =>
      each.forEach((line, i) => checkLine(profile, line, `${path}.${i}`, say));
    for (const [name, answer] of Object.entries(script.answers ?? {})) {
      if (profile.frames[name]?.to !== "device")
        say(`${script.path}.answers.${name}`, "there is no such frame to the device");
      lines(answer, `${script.path}.answers.${name}`);
    }
    lines(script.press ?? [], `${script.path}.press`);
    lines(script.onOpen ?? [], `${script.path}.onOpen`);
  }
}
