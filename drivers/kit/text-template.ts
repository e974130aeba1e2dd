/** A template of a text, read into parts. See `textFrame.layout` for the signs. */
export type Part =
  | { readonly is: "literal"; readonly text: string }
  | { readonly is: "field"; readonly name: string }
  | { readonly is: "optional"; readonly parts: readonly Part[]; readonly first: string }
  /** One or more (`least` 1) blanks, or any number of them. */
  | { readonly is: "blanks"; readonly least: 0 | 1 }
  /** One or more printable characters that are no digits. */
  | { readonly is: "apart"; readonly written: string }
  | { readonly is: "count"; readonly width?: number }
  | { readonly is: "pairs" }
  | { readonly is: "records" };

const mark = /\{\{|\}\}|\{([^{}]*)\}/g;
const fieldName = /^[a-z][a-zA-Z0-9]*$/;

const parsed = new Map<string, readonly Part[]>();

/** Throws on a template that is none: profiles are checked when they are loaded. */
export function templateParts(template: string): readonly Part[] {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  const parts = parse(template);
  parsed.set(template, parts);
  return parts;
}

function parse(template: string): readonly Part[] {
  const outer: Part[] = [];
  let inner: Part[] | undefined;
  let literal = "";
  const push = (part: Part): void => void (inner ?? outer).push(part);
  const endLiteral = (): void => {
    if (literal !== "") push({ is: "literal", text: literal });
    literal = "";
  };
  const plain = (text: string): void => {
    if (/[{}]/.test(text)) throw new Error("a brace stands alone: write it twice");
    literal += text;
  };
  let from = 0;
  for (const found of template.matchAll(mark)) {
    plain(template.slice(from, found.index));
    from = found.index + found[0].length;
    const inside = found[1];
    if (inside === undefined) {
      literal += found[0].slice(1);
      continue;
    }
    endLiteral();
    if (inside === "[") {
      if (inner !== undefined) throw new Error("what may be left out holds nothing else that may");
      inner = [];
    } else if (inside === "]") {
      const first = inner?.[0];
      if (inner === undefined || first?.is !== "literal")
        throw new Error("what may be left out begins with fixed text and has an end");
      const parts = inner;
      inner = undefined;
      push({ is: "optional", parts, first: first.text });
    } else push(partOf(inside));
  }
  plain(template.slice(from));
  endLiteral();
  if (inner !== undefined) throw new Error("what may be left out begins with fixed text and has an end");
  return outer;
}

function partOf(inside: string): Part {
  if (inside === "_") return { is: "blanks", least: 1 };
  if (inside === "_?") return { is: "blanks", least: 0 };
  if (inside === "*") return { is: "pairs" };
  if (inside === "+") return { is: "records" };
  if (/^~[^0-9]+$/.test(inside)) return { is: "apart", written: inside.slice(1) };
  const count = /^#([1-6]?)$/.exec(inside);
  if (count !== null) return { is: "count", ...(count[1] === "" ? {} : { width: Number(count[1]) }) };
  if (!fieldName.test(inside)) throw new Error(`{${inside}} means nothing in a template`);
  return { is: "field", name: inside };
}

/** Every part, those that may be left out included. */
export function allParts(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part) => (part.is === "optional" ? [part, ...allParts(part.parts)] : [part]));
}

export function fieldNames(parts: readonly Part[]): readonly string[] {
  return allParts(parts).flatMap((part) => (part.is === "field" ? [part.name] : []));
}
