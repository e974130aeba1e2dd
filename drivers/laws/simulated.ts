import type { Outcome } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import { commonFaults, decoder, faultsOf, rulesOf, type Profile } from "../kit/index.ts";
import { broken, type Law } from "./law.ts";
import { play } from "./play.ts";
import { same } from "./same.ts";

const readingsOf = (outcomes: readonly Outcome[]): readonly Reading[] =>
  outcomes.flatMap((outcome) => ("readings" in outcome ? outcome.readings : []));

/** What a session is for: numbers, or what a scanner or a card reader read. */
const isResult = (outcome: Outcome): boolean => ["measurement", "scan", "identity"].includes(outcome.kind);
/** What is read twice says it twice. */
const distinct = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter((outcome, i) => !outcomes.slice(0, i).some((earlier) => same(earlier, outcome)));
/** A printer or a lock gives none: its session finds out whether it is there and in order. */
const givesResults = (profile: Profile): boolean =>
  profile.measures.length > 0 ||
  Object.keys(profile.meaning).some((frame) =>
    rulesOf(profile, frame).some(({ kind }) => kind === "scan" || kind === "identity"),
  );

/** The simulated device, driven through real bytes, and the session agree. */

export const reachesMeasurement: Law = {
  id: "reachesMeasurement",
  holds: {
    en: "the simulated device reaches a measurement with its exact bytes, whatever the pieces",
    zh: "模拟设备能测出结果,所存字节正是结果的字节,分段到达也一样",
  },
  *cases(profile) {
    yield {
      name: "healthy",
      run() {
        const whole = play(profile);
        const measured = whole.outcomes.findIndex(isResult);
        const raw = whole.raws[measured];
        if (whole.end?.how !== "finished") return broken(`the session ended ${whole.end?.how ?? "never"}`);
        if (raw === undefined && givesResults(profile)) return broken("no measurement came");
        const again = play(profile, { pieces: 1 });
        if (raw === undefined) return same(again, whole) ? undefined : broken("byte by byte it is another session");
        const alone = decoder(profile);
        // A message may say more than one thing, and a frame that is carried into the result says something of its own.
        const told = whole.outcomes.filter((_, i) => same(whole.raws[i], raw)).filter(isResult);
        const said = [...alone.hear(raw), ...alone.flush()];
        // A stream has no frame that is the result: each of its numbers was said in one of the frames kept with it.
        const settled = readingsOf(told).every((reading) => readingsOf(said).some((each) => same(each, reading)));
        if (
          !same(distinct(said.filter(isResult)), distinct(told)) &&
          !(settled && said.every(({ kind }) => kind === "progress" || kind === "wave"))
        )
          return broken("the bytes kept with the measurement say something else when decoded alone");
        return same(again, whole) ? undefined : broken("byte by byte it is another session");
      },
    };
  },
};

export const endsInTime: Law = {
  id: "endsInTime",
  holds: {
    en: "with every fault the session ends in time, and no failure is left unsaid",
    zh: "无论出什么故障,会话都按时结束,失败一定说明原因",
  },
  *cases(profile) {
    for (const fault of faultsOf(profile)) {
      yield {
        name: fault,
        run() {
          const { end, outcomes } = play(profile, { simulator: { fault } });
          if (end === undefined) return broken("it never ended");
          const told = outcomes.some((outcome) =>
            end.how === "failed"
              ? // Control material in a resident's turn is told as what it is.
                (outcome.kind === "fault" && outcome.code === end.code) ||
                (outcome.kind === "control" && end.code === "gate.control")
              : isResult(outcome) || !givesResults(profile),
          );
          return told ? undefined : broken(`it ended ${end.how} ${end.code ?? ""} and nothing was told`);
        },
      };
    }
  },
};

const quietCodes: readonly string[] = ["device.silent", "device.garbled", "device.resultIncomplete"];

export const faultyGivesNothing: Law = {
  id: "faultyGivesNothing",
  holds: {
    en: "a silent, garbled or cut line gives no measurement and says why",
    zh: "线路无声、乱码或中断时没有结果,并说明原因",
  },
  *cases(profile) {
    // Cut is the first result or the third frame, half is a result: who gives none may be done before.
    for (const fault of givesResults(profile) ? commonFaults : (["silent", "garbage"] as const)) {
      yield {
        name: fault,
        run() {
          const { end, outcomes } = play(profile, { simulator: { fault } });
          if (outcomes.some(isResult)) return broken("a measurement came");
          return end?.code !== undefined && quietCodes.includes(end.code)
            ? undefined
            : broken(`it ended ${end?.how ?? "never"} with ${end?.code ?? "no code"}`);
        },
      };
    }
  },
};
