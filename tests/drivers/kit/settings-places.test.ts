import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { choicesOf, withSettings } from "../../../drivers/kit/settings.ts";
import { checkSettings, placeOf } from "../../../drivers/kit/settings-check.ts";
import type { Profile } from "../../../drivers/kit/schema.ts";

const root = { serial: { baudRate: 9_600, match: [{ id: 1 }] }, nothing: null, text: "abc" };

describe("a place in a table", () => {
  test.each([
    ["serial.baudRate", 9_600],
    ["serial.match.0.id", 1],
    ["text", "abc"],
    ["nothing", null],
  ])("%s is there", (path, value) => {
    const place = placeOf(root, path);
    expect(place?.holder[place.key]).toEqual(value);
  });
  test.each([
    "",
    "serial.bauds",
    "serial.match.1.id",
    "nothing.a",
    "nothing.a.b",
    "text.a",
    "text.0",
    "text.length.a",
    "toString",
    "serial.toString.name",
  ])("%j is not", (path) => {
    expect(placeOf(root, path)).toBeUndefined();
  });
  test.each([null, undefined, 7, "text"])("there is none in %j", (nothing) => {
    expect(placeOf(nothing, "length")).toBeUndefined();
    expect(placeOf(nothing, "length.a")).toBeUndefined();
  });
});

const says = { zh: "速率", en: "Speed" };
const { settings: _own, ...sound } = findProfile("raycome-rbp-9000c")!;
const speed = (choices: Readonly<Record<string, readonly (readonly [string, unknown])[]>>, usual = "usual"): Profile =>
  ({
    ...sound,
    settings: {
      speed: {
        says,
        default: usual,
        choices: Object.fromEntries(
          Object.entries(choices).map(([name, set]) => [name, { says, set: set.map(([path, to]) => ({ path, to })) }]),
        ),
      },
    },
  }) as unknown as Profile;
const problems = (profile: Profile): readonly string[] => {
  const said: string[] = [];
  checkSettings(profile, (path, reason) => void said.push(`${path}: ${reason}`));
  return said;
};
const usual = ["serial.baudRate", sound.serial.baudRate] as const;

describe("a setting says what is wrong with it", () => {
  test.each<readonly [string, Profile, readonly string[]]>([
    ["nothing", speed({ usual: [usual], slow: [["serial.baudRate", 300]] }), []],
    ["no settings", sound, []],
    ["its default", speed({ slow: [] }), ["settings.speed.default: it is none of the choices"]],
    [
      "a place",
      speed({ usual: [], odd: [["serial.bauds", 1]] }),
      ["settings.speed.choices.odd.set.0: there is no place serial.bauds"],
    ],
    [
      "a setting of settings",
      speed({ usual: [["settings.speed.default", "usual"]] }),
      ["settings.speed.choices.usual.set.0: there is no place settings.speed.default"],
    ],
    [
      "a table that stands elsewhere",
      speed({ usual: [usual, ["serial.baudRate", 300]] }),
      ["settings.speed.choices.usual.set.1: the table itself must stand at the default: serial.baudRate"],
    ],
  ])("%s", (_, profile, said) => {
    expect(problems(profile)).toEqual(said);
  });
});

describe("what is chosen", () => {
  test("every choice can be, one at a time", () => {
    expect(choicesOf(speed({ usual: [usual], slow: [] }))).toEqual([{ speed: "usual" }, { speed: "slow" }]);
    expect(choicesOf(sound)).toEqual([]);
  });
  test("of a table without settings is nothing, and the table itself otherwise", () => {
    expect(withSettings(sound, {})).toMatchObject({ ok: true });
    expect(withSettings(sound, { speed: "slow" })).toMatchObject({
      ok: false,
      problems: [{ path: "settings.speed", reason: "there is no such setting" }],
    });
  });
  test("a choice that leads nowhere is refused, not thrown", () => {
    expect(withSettings(speed({ usual: [usual], odd: [["serial.bauds", 1]] }), { speed: "odd" })).toMatchObject({
      ok: false,
      problems: [{ path: "settings.speed", reason: "there is no place serial.bauds" }],
    });
  });
  test("a default that is none of the choices is refused, not thrown", () => {
    expect(withSettings(speed({ slow: [] }), {})).toMatchObject({ ok: false });
  });
  test("a choice that spoils the table is refused", () => {
    expect(withSettings(speed({ usual: [usual], odd: [["serial.baudRate", "fast"]] }), { speed: "odd" }).ok).toBe(
      false,
    );
  });
});
