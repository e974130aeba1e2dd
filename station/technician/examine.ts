import { doctorSteps, type DoctorEvent, type DoctorStep, type Finding } from "../../core/contract/technician-doctor.ts";
import { rulesOf, type Profile } from "../../drivers/kit/index.ts";
import type { DeviceTable } from "../devices/table.ts";
import { Story } from "../feed.ts";
import { findingOf, verdictOf, type DoctorFacts } from "./doctor.ts";
import { probe, probeMs, type ProbeParts } from "./probe.ts";

export interface ExamineParts extends ProbeParts {
  readonly table: DeviceTable;
}

/** Steps that the list of ports and the table answer, that opening the port answers, and that speaking answers. */
const looking: readonly DoctorStep[] = ["plug"];
const opening: readonly DoctorStep[] = ["port", "permission"];

/** Whether the device's clock matters: its profile sets a limit, or the device can be asked for its time. */
export function tellsTime(profile: Profile): boolean {
  if (profile.clock !== undefined) return true;
  return Object.keys(profile.meaning).some((frame) =>
    rulesOf(profile, frame).some((rule) => rule.kind === "information" && "deviceTime" in rule.values),
  );
}

/**
 * Examines one device, one finding at a time. `done` gets them all, for the report. The feed ends with the verdict.
 * Undefined when there is no such device.
 */
export function examine(
  id: string,
  parts: ExamineParts,
  done: (findings: readonly Finding[]) => void,
): { readonly story: Story<DoctorEvent>; readonly over: Promise<void> } | undefined {
  const { table } = parts;
  const orphan = table.orphans().find(({ profile, port }) => `${profile}@${port}` === id);
  if (orphan === undefined && table.find(id) === undefined) return undefined;
  const story = new Story<DoctorEvent>();
  const findings: Finding[] = [];
  const find = (steps: readonly DoctorStep[], facts: DoctorFacts): void => {
    for (const step of steps) {
      const finding = findingOf(step, facts);
      findings.push(finding);
      story.push({ kind: "finding", finding });
    }
  };
  const over = (async () => {
    for await (const { steps, facts } of course(id, parts, (step, latestMs) =>
      story.push({ kind: "looking", step, latestMs }),
    ))
      find(steps, facts);
    done(findings);
    story.push({ kind: "verdict", ...verdictOf(findings) });
    story.close();
  })();
  return { story, over };
}

/** Facts as they are found out, with the steps that can be answered from them. */
async function* course(
  id: string,
  parts: ExamineParts,
  look: (step: DoctorStep, latestMs: number) => void,
): AsyncGenerator<{ readonly steps: readonly DoctorStep[]; readonly facts: DoctorFacts }> {
  const { table } = parts;
  const line = table.find(id);
  const orphan = table.orphans().find(({ profile, port }) => `${profile}@${port}` === id);
  const port = line?.device.port ?? orphan?.port ?? "";
  const info = table.portOf(port);
  let facts: DoctorFacts = {
    port,
    profile: line?.device.profile.id ?? orphan?.profile ?? "",
    known: line !== undefined,
    listed: info !== undefined,
    seenBefore: line?.device.seen ?? false,
    tellsTime: line !== undefined && tellsTime(line.device.profile),
  };
  look("plug", 0);
  yield { steps: looking, facts };
  const rest = doctorSteps.filter((step) => !looking.includes(step) && !opening.includes(step));
  if (line === undefined || info === undefined) {
    yield { steps: [...opening, ...rest], facts };
    return;
  }
  const { device } = line;
  const other = table.claimsOn(info).find(({ id: claims }) => claims !== device.profile.id);
  const setSpeed = device.baudRate;
  look("port", 2_000);
  const opened = device.busy ? undefined : await line.take();
  facts = {
    ...facts,
    opened: opened === undefined ? "held" : opened.ok ? "ok" : opened.code,
    setSpeed,
    ...(other === undefined ? {} : { claimedBy: other.id }),
  };
  yield { steps: opening, facts };
  if (opened?.ok === true) {
    look("silence", probeMs(device.profile));
    facts = { ...facts, talk: await probe(line, opened.channel, parts) };
  }
  const { clockOffsetMs, profile } = device;
  facts = {
    ...facts,
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    ...(profile.clock === undefined ? {} : { clockMaxOffsetMs: profile.clock.maxOffsetMs }),
  };
  yield { steps: rest, facts };
}
