import { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { registry } from "../../drivers/registry.generated.ts";
import { deviceNames, noDeviceNames } from "./device-names.mjs";

const linter = new Linter();
const names = ["acme-bp-100", "acme-bp100", "Acme", "BP-100", "Acme PulseWell", "Generic"];
const found = (code: string): readonly string[] =>
  linter
    .verify(code, [
      {
        languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
        plugins: { station: { rules: { "no-device-names": noDeviceNames(names) } } },
        rules: { "station/no-device-names": "error" },
      },
    ])
    .map(({ message }) => message.split(" is a device")[0]!);

describe("a device's name in program code is found", () => {
  test.each([
    ["its id in a comparison", 'if (profile.id === "acme-bp-100") stop();', ["acme-bp-100"]],
    ["its maker in a text", 'say("an Acme cuff");', ["Acme"]],
    ["its model in a template", "say(`${count} of BP-100`);", ["BP-100"]],
    ["its name in a page", "const page = <p>Press start on the Acme PulseWell</p>;", ["Acme"]],
    ["in a name of the program", "const isAcmePulseWell = true;", ["Acme PulseWell"]],
    ["with other capitals", "function startAcmeBp100() {}", ["acme-bp-100"]],
  ])("%s", (_what, code, expected) => expect(found(code)).toEqual(expected));
});

describe("what is no name is left alone", () => {
  test.each([
    ["a part of another word", 'say("Acmeists of 1BP-1000");'],
    ["an ordinary word", 'say("Generic");'],
    ["a comment", "// The Acme BP-100 pauses here (capture 7).\nwait();"],
  ])("%s", (_what, code) => expect(found(code)).toEqual([]));
});

test.each(registry.map((profile) => [profile.id, profile] as const))(
  "the rule knows every name of %s",
  (_id, profile) => {
    const { id, aliases = [], model } = profile;
    expect(deviceNames()).toEqual(expect.arrayContaining([id, ...aliases, model.maker, model.name]));
  },
);
