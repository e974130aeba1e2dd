// The rule "no device name in program code": a name in code is a special case that belongs into the profile's table.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../drivers/", import.meta.url);

/** Ids, aliases, makers and models of the shipped profiles, read from their text: a table that does not compile yet still counts. */
export function deviceNames() {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".generated.ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .filter((text) => text.includes("export default defineProfile("));
  const names = texts.flatMap((text) => {
    const table = text.slice(text.indexOf("export default defineProfile("));
    const one = (form) => form.exec(table)?.[1];
    const aliases = [...(one(/aliases:\s*\[([^\]]*)\]/) ?? "").matchAll(/"([^"]+)"/g)].map(([, alias]) => alias);
    return [
      one(/\bid:\s*"([^"]+)"/),
      ...aliases,
      one(/\bmaker:\s*"([^"]+)"/),
      one(/\bmaker:[^}]*?\bname:\s*"([^"]+)"/),
    ];
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Names that are ordinary words say nothing. As written: "Generic" the maker, not "generic" in a sentence. */
const ordinary = new Set(["generic", "various", "unknown", "oem", "any", "many", "several"]);
const escaped = (name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A name as a whole word in a text; in an identifier its letters and digits, wherever they stand. */
function finder(names) {
  const told = names.filter((name) => name.length >= 3 && !ordinary.has(name.toLowerCase()));
  const inText = told.map((name) => [name, new RegExp(`(?<![A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])`)]);
  const squeezed = told
    .map((name) => [name, name.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase()])
    .filter(([, letters]) => letters.length >= 5);
  return {
    text: (text) => inText.find(([, form]) => form.test(text))?.[0],
    identifier: (word) => squeezed.find(([, letters]) => word.toLowerCase().includes(letters))?.[0],
  };
}

/** An ESLint rule over these names. Comments may name a device: that is where a workaround says whose it is. */
export function noDeviceNames(names = deviceNames()) {
  const find = finder(names);
  return {
    meta: {
      type: "problem",
      schema: [],
      messages: {
        named: "{{name}} is a device: what is special about it belongs into its profile, not into program code.",
      },
    },
    create(context) {
      const check = (node, name) => {
        if (name !== undefined) context.report({ node, messageId: "named", data: { name } });
      };
      return {
        Literal: (node) => typeof node.value === "string" && check(node, find.text(node.value)),
        TemplateElement: (node) => check(node, find.text(node.value.raw)),
        JSXText: (node) => check(node, find.text(node.value)),
        Identifier: (node) => check(node, find.identifier(node.name)),
      };
    },
  };
}
