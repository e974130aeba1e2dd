import type { Outcome } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import { commonFaults, decoder, faultsOf } from "../kit/index.ts";
import { broken, type Law } from "./law.ts";
import { play } from "./play.ts";
import { same } from "./same.ts";

const readingsOf = (outcomes: readonly Outcome[]): readonly Reading[] =>
  outcomes.flatMap((outcome) => ("readings" in outcome ? outcome.readings : []));

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
        const measured = whole.outcomes.findIndex((outcome) => outcome.kind === "measurement");
        const raw = whole.raws[measured];
        if (whole.end?.how !== "finished") return broken(`the session ended ${whole.end?.how ?? "never"}`);
        if (raw === undefined) return broken("no measurement came");
        const alone = decoder(profile);
        // A message may say more than one thing, and a frame that is carried into the result says something of its own.
        const results = (each: Outcome): boolean => each.kind === "measurement";
        const told = whole.outcomes.filter((_, i) => same(whole.raws[i], raw)).filter(results);
        const said = [...alone.hear(raw), ...alone.flush()];
        // A stream has no frame that is the result: each of its numbers was said in one of the frames kept with it.
        const settled = readingsOf(told).every((reading) => readingsOf(said).some((each) => same(each, reading)));
        if (!same(said.filter(results), told) && !(settled && said.every((each) => each.kind === "progress")))
          return broken("the bytes kept with the measurement say something else when decoded alone");
        return same(play(profile, { pieces: 1 }), whole) ? undefined : broken("byte by byte it is another session");
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
              : outcome.kind === "measurement",
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
    for (const fault of commonFaults) {
      yield {
        name: fault,
        run() {
          const { end, outcomes } = play(profile, { simulator: { fault } });
          if (outcomes.some((outcome) => outcome.kind === "measurement")) return broken("a measurement came");
          return end?.code !== undefined && quietCodes.includes(end.code)
            ? undefined
            : broken(`it ended ${end?.how ?? "never"} with ${end?.code ?? "no code"}`);
        },
      };
    }
  },
};
