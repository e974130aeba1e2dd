import { describe, expect, test } from "vitest";
import { checkProfile, withSettings, type Profile } from "../../../drivers/kit/index.ts";
import { findProfile } from "../../../drivers/find-profile.ts";

const { settings: _own, ...sound } = findProfile("raycome-rbp-9000c")!;
const says = { zh: "速率", en: "Speed" };
const withSpeed = (over: object = {}): unknown => ({
  ...sound,
  settings: {
    speed: {
      says,
      default: "usual",
      choices: {
        usual: { says, set: [{ path: "serial.baudRate", to: sound.serial.baudRate }] },
        slow: {
          says,
          set: [
            { path: "serial.baudRate", to: 4_800 },
            { path: "session.steps.0.tries", to: 2 },
          ],
        },
      },
      ...over,
    },
  },
});
const profile = (): Profile => {
  const checked = checkProfile(withSpeed());
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.profile;
};
const pathsOf = (candidate: unknown): readonly string[] => {
  const checked = checkProfile(candidate);
  return checked.ok ? [] : checked.problems.map(({ path }) => path);
};

describe("a setting", () => {
  test("puts what was chosen in its places, and says so", () => {
    const chosen = withSettings(profile(), { speed: "slow" });
    expect(chosen.ok && chosen.profile.serial.baudRate).toBe(4_800);
    expect(chosen.ok && chosen.profile.session.steps[0]).toMatchObject({ tries: 2 });
    expect(chosen.ok && chosen.profile.settings?.["speed"]?.default).toBe("slow");
  });
  test("changes nothing when nothing is chosen, and nothing in the profile it was given", () => {
    const before = profile();
    const chosen = withSettings(before, {});
    expect(chosen).toEqual({ ok: true, profile: before });
    withSettings(before, { speed: "slow" });
    expect(before).toEqual(profile());
  });
  test.each([
    ["that is not there", { parity: "even" }, "settings.parity"],
    ["with a choice it does not have", { speed: "fast" }, "settings.speed"],
    ["by a name every object has", { speed: "toString" }, "settings.speed"],
  ])("%s is refused", (_what, chosen: Readonly<Record<string, string>>, path) => {
    const checked = withSettings(profile(), chosen);
    expect(checked.ok ? [] : checked.problems.map((problem) => problem.path)).toEqual([path]);
    expect(checked.ok ? [] : checked.problems.map((problem) => /\p{Script=Han}/u.test(problem.zh))).toEqual([true]);
  });
});

describe("a profile is refused", () => {
  test.each([
    ["whose default is no choice", { default: "fast" }, "settings.speed.default"],
    [
      "whose choice names no place",
      { choices: { usual: { says, set: [] }, odd: { says, set: [{ path: "serial.bauds", to: 1 }] } } },
      "settings.speed.choices.odd.set.0",
    ],
    [
      "that does not stand at its default",
      { choices: { usual: { says, set: [{ path: "serial.baudRate", to: 300 }] } } },
      "settings.speed.choices.usual.set.0",
    ],
  ])("%s", (_what, over, path) => {
    expect(pathsOf(withSpeed(over))).toContain(path);
  });
});
