/** Records and segments as text: delimiters, escapes, fields. ASTM E1394 and HL7 v2 differ in a table, not in code. */

/** One record, not yet unescaped: fields, of repeats, of components. */
export interface RecordLine {
  readonly type: string;
  /** As it stood in the message. */
  readonly line: string;
  readonly fields: readonly (readonly (readonly string[])[])[];
}
export interface Delimiters {
  readonly field: string;
  readonly repeat: string;
  readonly component: string;
  readonly escape: string;
}

export interface Place {
  readonly record: string;
  readonly field: number;
  /** Absent: the whole field, or its first component where it has several. */
  readonly component?: number;
}

/** What the two standards call things. */
export interface Dialect {
  readonly header: string;
  /** From the widest to the narrowest; a record ends what stands behind its own place. Results come after them. */
  readonly levels: readonly string[];
  /** A record above the results that may also come behind them (the specimen in ORU^R01). */
  readonly late: string | undefined;
  readonly result: string;
  readonly comment: string;
  /** Closes a message; a message without it is incomplete. */
  readonly last: string | undefined;
  /** Where the delimiters stand in the header, as characters behind its type, and how many are declared there. */
  readonly delimiters: { readonly [K in keyof Delimiters]: number };
  readonly declared: 4 | 5;
  /** The number of the first field behind the type. HL7 counts the separator of MSH as its first field. */
  readonly firstField: (type: string) => number;
  readonly places: {
    readonly code: string;
    readonly value: string;
    readonly unit: string;
    readonly flags: string;
    readonly status: string;
  };
  /** Never in a note, an outcome or a log: names, numbers and birth dates of residents, names of staff. */
  readonly private: readonly string[];
}

export const astmDialect: Dialect = {
  header: "H",
  levels: ["H", "P", "O"],
  late: undefined,
  result: "R",
  comment: "C",
  last: "L",
  delimiters: { field: 0, repeat: 1, component: 2, escape: 3 },
  declared: 4,
  firstField: () => 2,
  places: { code: "R-3.4", value: "R-4", unit: "R-5", flags: "R-7", status: "R-9" },
  private: [
    "P-3",
    "P-4",
    "P-5",
    "P-6",
    "P-7",
    "P-8",
    "P-11",
    "P-12",
    "P-13",
    "P-14",
    "O-3",
    "O-11",
    "O-17",
    "O-18",
    "R-11",
  ],
};

export const hl7Dialect: Dialect = {
  header: "MSH",
  levels: ["MSH", "PID", "SPM", "OBR"],
  late: "SPM",
  result: "OBX",
  comment: "NTE",
  last: undefined,
  delimiters: { field: 0, component: 1, repeat: 2, escape: 3 },
  declared: 5, // the last one is for subcomponents, which no result has
  firstField: (type) => (type === "MSH" ? 2 : 1),
  places: { code: "OBX-3.1", value: "OBX-5", unit: "OBX-6.1", flags: "OBX-8", status: "OBX-11" },
  private: ["PID", "PV1", "NK1", "OBR-10", "OBR-16", "OBR-17", "OBR-28", "OBR-32", "OBX-16", "OBX-25"],
};

export function parsePlace(text: string): Place {
  const [record = "", rest = ""] = text.split("-");
  const [field, component] = rest.split(".").map(Number);
  return { record, field: field ?? 0, ...(component === undefined ? {} : { component }) };
}

/** Does the dialect keep this place to itself? */
export function isPrivate(dialect: Dialect, place: string): boolean {
  const { record, field } = parsePlace(place);
  return dialect.private.includes(record) || dialect.private.includes(`${record}-${field}`);
}

/** The delimiters that a header declares; undefined when it is no header or they cannot be told apart. */
export function delimitersOf(dialect: Dialect, header: string): Delimiters | undefined {
  if (!header.startsWith(dialect.header)) return undefined;
  const { delimiters: at, declared: count } = dialect;
  const declared = header.slice(dialect.header.length, dialect.header.length + count);
  const found = {
    field: declared[at.field] ?? "",
    repeat: declared[at.repeat] ?? "",
    component: declared[at.component] ?? "",
    escape: declared[at.escape] ?? "",
  };
  const distinct = new Set(declared).size === count;
  // What numbers, operators and codes are written with can be no delimiter.
  const marks = /^[!-~]*$/.test(declared) && !/[\w.<>-]/.test(declared);
  // The field delimiter closes the set: anything else is one that this station does not know how to read.
  const closed = [found.field, undefined].includes(header[dialect.header.length + count]);
  return distinct && marks && closed ? found : undefined;
}

/** Splits one record at its delimiters. The header's own delimiters are kept as its first fields, unsplit. */
export function parseRecord(dialect: Dialect, delimiters: Delimiters, line: string): RecordLine | undefined {
  const parts = line.split(delimiters.field);
  const type = parts[0] ?? "";
  if (!/^[A-Z][A-Z0-9]{0,2}$/.test(type)) return undefined;
  const fields = parts
    .slice(1)
    .map((part, i) =>
      type === dialect.header && i === 0
        ? [[part]]
        : part.split(delimiters.repeat).map((each) => each.split(delimiters.component)),
    );
  return { type, line, fields };
}

const escapeNames: Readonly<Record<string, keyof Delimiters>> = {
  F: "field",
  S: "component",
  R: "repeat",
  E: "escape",
};

/** `&F&` and the like back to the delimiter; HL7's `\T\` to its subcomponent mark. What is no such escape stays as it is. */
export function unescaped(delimiters: Delimiters, text: string): string {
  const { escape } = delimiters;
  const parts = text.split(escape);
  let plain = parts[0] ?? "";
  for (let i = 1; i < parts.length; i++) {
    const name = parts[i] ?? "";
    const known = escapeNames[name];
    if (i + 1 < parts.length && (known !== undefined || name === "T")) {
      plain += (known === undefined ? "&" : delimiters[known]) + (parts[++i] ?? "");
    } else plain += escape + name;
  }
  return plain;
}

export function escaped(delimiters: Delimiters, text: string): string {
  const marks = new Map(Object.entries(escapeNames).map(([mark, name]) => [delimiters[name], mark]));
  return Array.from(text, (char) => {
    const mark = marks.get(char);
    return mark === undefined ? char : delimiters.escape + mark + delimiters.escape;
  }).join("");
}

/** The record with repeats inside components instead of components inside repeats: each component is one text. */
export function turned(delimiters: Delimiters, record: RecordLine): RecordLine {
  const whole = (repeats: readonly (readonly string[])[]): string =>
    repeats.map((components) => components.join(delimiters.component)).join(delimiters.repeat);
  return { ...record, fields: record.fields.map((repeats) => [whole(repeats).split(delimiters.component)]) };
}

/** Every text that stands at a place of this record, one for each repeat, trimmed and unescaped. Empty ones stay. */
export function textsAt(dialect: Dialect, delimiters: Delimiters, record: RecordLine, place: Place): readonly string[] {
  const repeats = record.fields[place.field - dialect.firstField(record.type)] ?? [];
  return repeats.map((components) => unescaped(delimiters, components[(place.component ?? 1) - 1] ?? "").trim());
}
