import { expect, test } from "vitest";
import { decoder, encode, type Values } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";

const printer = registry.find(({ id }) => id === "pts-cardiochek-pa")!;
const nothing = {
  total: null,
  hdl: null,
  triglyceride: null,
  ldl: null,
  ratio: null,
  glucose: null,
  ketone: null,
  creatinine: null,
};
const values: Values = {
  ...nothing,
  serial: "3093537",
  time: "2015-06-17T12:35",
  operator: "QC",
  lot: "P443",
  total: { value: 2.59, unit: "mmol/L", comparator: "<" },
  triglyceride: { value: 57, unit: "mg/dL" },
  ldl: { notCalculable: true },
};
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const label = text(encode(printer, "label", values));
const outcomes = (stream: string): readonly string[] => {
  const heard = decoder(printer);
  return [...heard.hear(Buffer.from(stream, "latin1")), ...heard.flush()].map((outcome) =>
    outcome.kind === "fault" ? outcome.code : outcome.kind,
  );
};

test("a whole label keeps <, the unit of each row, and what stands in the operator row", () => {
  expect(decoder(printer).hear(Buffer.from(label, "latin1"))).toEqual([
    {
      kind: "measurement",
      of: "lipids",
      readings: [
        { quantity: "cholesterol.total", value: 2.59, unit: "mmol/L", comparator: "<" },
        { quantity: "triglyceride", value: 57, unit: "mg/dL" },
      ],
      doubts: ["notCalculable"],
      deviceTime: "2015-06-17T12:35",
      notes: { serial: "3093537", operator: "QC", lot: "P443" },
    },
  ]);
});

const blankRow = `A60,000480,0,4,1,1,N,"${" ".repeat(25)}"\n`;
test.each([
  ["without its start", label.slice(1)],
  ["without its end", label.slice(0, -1)],
  ["without a blank row", label.replace(blankRow, "")],
  ["without a closing quote", label.replace('mg/dL"', "mg/dL")],
  ["without a row in the middle", label.replace(/A60,000120.*\n/, "")],
  ["without its serial number", label.replace("3093537", "       ")],
  ["without any result", text(encode(printer, "label", { ...values, ...nothing }))],
  ["without print", label.replace("P1\n", "")],
  ["with a row twice", label.replace("TRIG    ", "CHOL    ")],
])("a label %s is dropped, never a number", (_what, stream) => {
  expect(new Set(outcomes(stream))).toEqual(new Set(["discarded"]));
});

test.each([
  ["a number that is none", label.replace("2.59", "2.5S")],
  ["a unit that is none", label.replace("57 mg/dL", "57 mg/dl")],
  ["a number without a unit", label.replace("57 mg/dL", "57")],
  ["an impossible number", label.replace("2.59", "92.5")],
  ["a ratio whose point was lost", label.replace("CALC LDL: ---- ", "TC/HDL  : 4 1")],
  ["a ratio with a digit too many", label.replace("CALC LDL: ---- ", "TC/HDL  : 00501")],
  ["a number that lost its point", label.replace("CALC LDL: ---- ", "TC/HDL  :  41")],
])("%s is a fault", (_what, stream) => {
  expect(outcomes(stream)).toEqual(["device.outOfRange"]);
});

test("a label on which nothing could be calculated is no measurement", () => {
  expect(outcomes(text(encode(printer, "label", { ...values, ...nothing, ldl: { notCalculable: true } })))).toEqual([
    "device.unknown",
  ]);
});

test.each([
  ["glucose", { glucose: { notCalculable: true } }],
  ["glucose and ketone", { glucose: { notCalculable: true }, ketone: { notCalculable: true } }],
] as const)("a second panel whose %s could not be calculated adds no fault to the first", (_what, second) => {
  expect(outcomes(text(encode(printer, "label", { ...values, ...second })))).toEqual(["measurement"]);
});

test("a first panel that could not be calculated adds no fault to the second", () => {
  const only = { ...nothing, ldl: { notCalculable: true }, glucose: { value: 5.2, unit: "mmol/L" } } as const;
  const heard = decoder(printer);
  const label = encode(printer, "label", { ...values, ...only });
  expect([...heard.hear(label), ...heard.flush()]).toMatchObject([{ kind: "measurement", of: "glucose", doubts: [] }]);
});

test("two panels of which none could be calculated are one fault", () => {
  const none = { ...nothing, ldl: { notCalculable: true }, glucose: { notCalculable: true } } as const;
  expect(outcomes(text(encode(printer, "label", { ...values, ...none })))).toEqual(["device.unknown"]);
});

test("names without blanks, and NUL anywhere, change nothing", () => {
  const odd = label.replace("CALC LDL", "CALCLDL").split("").join("\0");
  expect(decoder(printer).hear(Buffer.from(odd, "latin1"))).toEqual(
    decoder(printer).hear(Buffer.from(label, "latin1")),
  );
});

test("a result the table does not know goes along as text", () => {
  const heard = decoder(printer).hear(Buffer.from(label.replace("CALC LDL: ---- ", "NEW     : 1.0 xy"), "latin1"));
  expect(heard).toMatchObject([{ doubts: [], notes: { NEW: "1.0 xy" } }]);
});
