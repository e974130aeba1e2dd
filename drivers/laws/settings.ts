import { choicesOf, toHex, withSettings } from "../kit/index.ts";
import { goldenBytes, hostFrames } from "./golden.ts";
import { all, waitingFor } from "./hearing.ts";
import { broken, type Law } from "./law.ts";
import { play } from "./play.ts";
import { same } from "./same.ts";

export const everyChoice: Law = {
  id: "everyChoice",
  holds: {
    en: "every choice of every setting gives a sound profile that measures",
    zh: "每项设置的每个选项都得到一份能用的配置",
  },
  *cases(profile) {
    for (const chosen of choicesOf(profile)) {
      yield {
        name: Object.entries(chosen)
          .map(([name, choice]) => `${name} ${choice}`)
          .join(", "),
        run() {
          const checked = withSettings(profile, chosen);
          if (!checked.ok) return broken(checked.problems.map(({ path, reason }) => `${path}: ${reason}`).join("; "));
          for (const frame of hostFrames(checked.profile)) {
            const golden = goldenBytes(checked.profile, frame);
            const heard = all(waitingFor(checked.profile, frame), golden).map((each) => [
              each.frame ?? "dropped",
              toHex(each.raw),
            ]);
            if (!same(heard, [[frame, toHex(golden)]])) return broken(`${frame} is not taken for itself`);
          }
          const { end } = play(checked.profile);
          return end?.how === "finished" ? undefined : broken(`the session ended ${end?.how ?? "never"}`);
        },
      };
    }
  },
};
