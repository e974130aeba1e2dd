/**
 * Reads JSON and remembers where everything stands, so that a person can be told the line. Standard JSON (RFC 8259) and
 * nothing more; the same key twice in one object is refused, because only one of the two would count.
 */

/** Both count from 1; a column counts UTF-16 units, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with the text, by name: the words are made by whoever tells it. */
export type JsonFault =
  | { readonly code: "unexpected"; readonly found: string }
  | { readonly code: "ended" }
  | { readonly code: "string" }
  | { readonly code: "number" }
  | { readonly code: "twice"; readonly key: string }
  | { readonly code: "deep" };

export type PlacedJson =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where the value at `frames.result.size` stands: its key, or in a list the value itself; else its nearest parent. */
      readonly placeOf: (path: string) => Place;
    }
  | { readonly ok: false; readonly fault: JsonFault; readonly place: Place };

/** No table of a device is deeper; a stack has an end. */
const mostDepth = 64;

/** A value and what is inside it, each at the offset of its key (or of itself, in a list). */
interface Node {
  readonly value: unknown;
  readonly children: ReadonlyMap<string, { readonly at: number; readonly node: Node }> | undefined;
}

class Broken extends Error {
  readonly fault: JsonFault;
  readonly at: number;
  constructor(fault: JsonFault, at: number) {
    super(fault.code);
    this.fault = fault;
    this.at = at;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plainText = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex -- control characters end a JSON string
const space = /[ \t\n\r]*/y;
const words = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Node {
    this.#skip();
    const node = this.#value(0);
    if (this.#at < this.#text.length) throw this.#unexpected();
    return node;
  }

  #value(depth: number): Node {
    if (depth > mostDepth) throw new Broken({ code: "deep" }, this.#at);
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#list(depth);
      case '"':
        return this.#leaf(this.#string());
      default:
        return this.#leaf(this.#word());
    }
  }
  #leaf(value: unknown): Node {
    this.#skip();
    return { value, children: undefined };
  }
  #object(depth: number): Node {
    const children = new Map<string, { readonly at: number; readonly node: Node }>();
    this.#step();
    if (this.#text[this.#at] !== "}") {
      for (;;) {
        const at = this.#at;
        if (this.#text[at] !== '"') throw this.#unexpected();
        const key = this.#string();
        if (children.has(key)) throw new Broken({ code: "twice", key }, at);
        this.#skip();
        this.#take(":");
        children.set(key, { at, node: this.#value(depth + 1) });
        if (this.#text[this.#at] !== ",") break;
        this.#step();
      }
    }
    this.#take("}");
    // `fromEntries` defines properties: a key such as __proto__ is a key like any other.
    return { value: Object.fromEntries([...children].map(([key, { node }]) => [key, node.value])), children };
  }
  #list(depth: number): Node {
    const children = new Map<string, { readonly at: number; readonly node: Node }>();
    this.#step();
    if (this.#text[this.#at] !== "]") {
      for (;;) {
        children.set(String(children.size), { at: this.#at, node: this.#value(depth + 1) });
        if (this.#text[this.#at] !== ",") break;
        this.#step();
      }
    }
    this.#take("]");
    return { value: [...children.values()].map(({ node }) => node.value), children };
  }
  #string(): string {
    const start = this.#at;
    let value = "";
    this.#at++;
    for (;;) {
      value += this.#match(plainText);
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next !== "\\") throw new Broken(next === undefined ? { code: "ended" } : { code: "string" }, start);
      const named = escapes[this.#text[this.#at + 1] ?? ""];
      const code = /^u([0-9a-fA-F]{4})/.exec(this.#text.slice(this.#at + 1, this.#at + 6))?.[1];
      if (named === undefined && code === undefined) throw new Broken({ code: "string" }, start);
      value += named ?? String.fromCharCode(Number.parseInt(code ?? "", 16));
      this.#at += named === undefined ? 6 : 2;
    }
    this.#at++;
    return value;
  }
  #word(): unknown {
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const start = this.#at;
    const number = this.#match(numberForm);
    if (number === "") throw this.#unexpected();
    // 01, 1.x and 1e are no numbers: what follows the longest one tells.
    if (/[\w.]/.test(this.#text[this.#at] ?? "")) throw new Broken({ code: "number" }, start);
    return Number(number);
  }
  #match(form: RegExp): string {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }
  #skip(): void {
    this.#match(space);
  }
  /** Past one sign and the blanks behind it. */
  #step(): void {
    this.#at++;
    this.#skip();
  }
  #take(sign: string): void {
    if (this.#text[this.#at] !== sign) throw this.#unexpected();
    this.#step();
  }
  #unexpected(): Broken {
    const found = this.#text.codePointAt(this.#at);
    const fault =
      found === undefined
        ? ({ code: "ended" } as const)
        : { code: "unexpected" as const, found: String.fromCodePoint(found) };
    return new Broken(fault, this.#at);
  }
}

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The offset of a path with dots. A key may hold dots itself, so the longest key that fits is taken first. */
function offsetOf(node: Node, names: readonly string[], at: number): number {
  for (let count = names.length; count > 0; count--) {
    const child = node.children?.get(names.slice(0, count).join("."));
    if (child !== undefined) return offsetOf(child.node, names.slice(count), child.at);
  }
  return at;
}

/** Never throws. A byte order mark at the beginning is passed over. */
export function readPlacedJson(text: string): PlacedJson {
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const body = text.slice(start);
  try {
    const root = new Reader(body).whole();
    const first = body.length - body.trimStart().length;
    return {
      ok: true,
      value: root.value,
      placeOf: (path) => placeAt(body, offsetOf(root, path === "" ? [] : path.split("."), first)),
    };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, fault: error.fault, place: placeAt(body, error.at) };
    throw error;
  }
}
