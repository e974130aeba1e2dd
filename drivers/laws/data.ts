import { canForm, checkProfile, decoder } from "../kit/index.ts";
import { goldenBytes, hostFrames, joined } from "./golden.ts";
import { all } from "./hearing.ts";
import { broken, none, type Law } from "./law.ts";
import { play } from "./play.ts";
import { same } from "./same.ts";

/** A profile is data, and its table cannot form what is forbidden. */

export const survivesJson: Law = {
  id: "survivesJson",
  holds: { en: "a profile survives JSON and behaves the same", zh: "配置写成 JSON 再读回来,行为不变" },
  *cases(profile) {
    yield {
      name: "written and read again",
      run() {
        const checked = checkProfile(JSON.parse(JSON.stringify(profile)));
        if (!checked.ok) return broken(checked.problems.map(({ path, reason }) => `${path}: ${reason}`).join("; "));
        if (!same(checked.profile, profile)) return broken("it is another profile when read again");
        const stream = joined(...hostFrames(profile).map((frame) => goldenBytes(profile, frame)));
        if (!same(all(decoder(checked.profile), stream), all(decoder(profile), stream)))
          return broken("read again, it decodes the same bytes to something else");
        return same(play(checked.profile), play(profile)) ? undefined : broken("read again, its session is another");
      },
    };
  },
};

export const forbiddenBytes: Law = {
  id: "forbiddenBytes",
  holds: { en: "no frame to the device can take a forbidden form", zh: "发给设备的任何帧都不可能成为被禁止的命令" },
  *cases(profile) {
    for (const pattern of profile.forbidden) {
      yield {
        name: pattern.name,
        run: () =>
          none(
            Object.entries(profile.frames)
              .filter(([, frame]) => frame.to === "device" && canForm(profile, frame, pattern))
              .map(([name]) => name),
            "these frames can",
          ),
      };
    }
  },
};
