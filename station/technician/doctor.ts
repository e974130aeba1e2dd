import { doctorSteps, type DoctorStep, type Finding, type FindingCode } from "../../core/contract/technician-doctor.ts";
import { faults, type FaultCode } from "../../core/domain/faults.ts";
import type { OpenFault } from "../channels/channel.ts";

/** So many bytes that are no frame mean more than a click on the line. */
const muchNoise = 8;

/** What was found out about one device's line; what is absent was not found out. Times in milliseconds. */
export interface DoctorFacts {
  readonly port: string;
  readonly profile: string;
  /** The profile is known to this program. */
  readonly known: boolean;
  /** The port is in the list of ports. */
  readonly listed: boolean;
  /** It was there since the program started. */
  readonly seenBefore: boolean;
  /** What opening the port answered. `held`: this station is measuring with it. */
  readonly opened?: "ok" | "held" | OpenFault;
  readonly talk?: Talk;
  /** Speed that was in force before. */
  readonly setSpeed?: number;
  readonly tellsTime: boolean;
  readonly clockOffsetMs?: number;
  readonly clockMaxOffsetMs?: number;
  /** Another profile claims the USB ids of this port. */
  readonly claimedBy?: string;
}

/** What was heard while the device was spoken to. */
export interface Talk {
  /** Something was sent that the device has to answer. */
  readonly asked: boolean;
  /** The speed at which it was understood. */
  readonly understoodAt?: number;
  readonly bytes: number;
  readonly frames: number;
  /** Frames with a wrong checksum or length, or broken off. */
  readonly broken: number;
  /** Bytes that belong to no frame. */
  readonly noise: number;
}

type Found = Omit<Finding, "step" | "number">;
const ok = (code: FindingCode, values: Finding["values"] = {}): Found => ({ state: "ok", code, values });
const unknown = (code: FindingCode, values: Finding["values"] = {}): Found => ({ state: "unknown", code, values });
const bad = (code: FindingCode, fault: FaultCode, values: Finding["values"] = {}): Found => ({
  state: "bad",
  code,
  fault,
  values,
});

/** One question of the doctor, answered from the facts. Pure. */
export function findingOf(step: DoctorStep, facts: DoctorFacts): Finding {
  const found = look[step](facts);
  return { step, ...found, ...(found.fault === undefined ? {} : { number: faults[found.fault].number }) };
}

/** In the order in which a person would look. */
export function findingsOf(facts: DoctorFacts): readonly Finding[] {
  return doctorSteps.map((step) => findingOf(step, facts));
}

/** What to see to first: a fault before what could not be found out. */
export function verdictOf(findings: readonly Finding[]): {
  readonly state: Finding["state"];
  readonly first?: Finding;
} {
  const open = findings.filter(({ state }) => state === "unknown");
  // What only could not be looked at says nothing about what to do.
  const first =
    findings.find(({ state }) => state === "bad") ?? open.find(({ code }) => !code.endsWith(".unknown")) ?? open[0];
  return first === undefined ? { state: "ok" } : { state: first.state, first };
}

const look: Readonly<Record<DoctorStep, (facts: DoctorFacts) => Found>> = {
  plug({ listed, seenBefore, port }) {
    if (listed) return ok("plug.ok", { port });
    return seenBefore
      ? bad("plug.lost", "device.unplugged", { port })
      : bad("plug.missing", "device.portMissing", { port });
  },
  port({ opened, port }) {
    if (opened === "ok") return ok("port.ok", { port });
    if (opened === "held") return unknown("port.held");
    if (opened === "device.portBusy") return bad("port.busy", "device.portBusy", { port });
    return unknown("port.unknown");
  },
  permission({ opened, port }) {
    if (opened === "device.portForbidden") return bad("permission.refused", "device.portForbidden", { port });
    // A port that is in use was let in as far as permission goes.
    return opened === "ok" || opened === "device.portBusy" ? ok("permission.ok") : unknown("permission.unknown");
  },
  speed({ talk, setSpeed = 0 }) {
    if (talk === undefined) return unknown("speed.unknown");
    const { understoodAt, frames, broken, noise } = talk;
    if (understoodAt !== undefined && understoodAt !== setSpeed)
      return bad("speed.other", "technician.speed", { found: understoodAt, set: setSpeed });
    // A frame whose checksum is wrong was still read as one: the speed is right.
    if (understoodAt !== undefined || frames > 0 || broken > 0) return ok("speed.ok", { set: setSpeed });
    return noise >= muchNoise
      ? bad("speed.wrong", "device.garbled", { set: setSpeed, bytes: noise })
      : unknown("speed.unknown");
  },
  silence({ talk }) {
    if (talk === undefined) return unknown("silence.unknown");
    if (talk.bytes > 0 || talk.understoodAt !== undefined) return ok("silence.ok", { bytes: talk.bytes });
    return talk.asked ? bad("silence.silent", "device.silent") : unknown("silence.waitsForPerson");
  },
  checksum({ talk }) {
    if (talk === undefined || talk.frames + talk.broken === 0) return unknown("checksum.unknown");
    const { broken, frames, noise } = talk;
    if (broken > 0) return bad("checksum.broken", "technician.checksum", { broken, frames });
    if (noise >= muchNoise) return bad("checksum.noise", "technician.checksum", { bytes: noise, frames });
    return ok("checksum.ok", { frames });
  },
  clock({ tellsTime, clockOffsetMs, clockMaxOffsetMs }) {
    if (!tellsTime) return ok("clock.none");
    if (clockOffsetMs === undefined) return unknown("clock.unknown");
    const seconds = Math.round(clockOffsetMs / 1_000);
    const most = Math.round((clockMaxOffsetMs ?? 0) / 1_000);
    return clockMaxOffsetMs !== undefined && Math.abs(clockOffsetMs) > clockMaxOffsetMs
      ? bad("clock.off", "technician.clockOff", { seconds, most })
      : ok("clock.ok", { seconds });
  },
  driver({ known, profile, claimedBy, talk }) {
    if (!known) return bad("driver.missing", "technician.noProfile", { profile });
    if (claimedBy !== undefined) return unknown("driver.doubtful", { profile, other: claimedBy });
    return talk !== undefined && talk.frames + talk.broken === 0 && talk.understoodAt === undefined && talk.bytes > 0
      ? unknown("driver.doubtful", { profile, other: "?" })
      : ok("driver.ok", { profile });
  },
};
