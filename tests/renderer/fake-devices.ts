import type { Check, DeviceView } from "../../core/contract/views.ts";
import type { Measurement } from "../../core/journal/entry.ts";

/** The invented devices of the fake station, and what they say when nothing else is asked for. */
export const device = (id: string, measures: Check, actuates: boolean): DeviceView => ({
  id,
  profile: id,
  maker: "Fake",
  model: id,
  measures: [measures],
  port: `/fake/${id}`,
  simulated: true,
  state: "ready",
  confirm: "none",
  actuates,
});

export const wholePanel: readonly Measurement["readings"][number][] = [
  { quantity: "cholesterol.total", value: 5.46, unit: "mmol/L" },
  { quantity: "cholesterol.hdl", value: 1.32, unit: "mmol/L" },
  { quantity: "triglyceride", value: 1.88, unit: "mmol/L" },
  { quantity: "cholesterol.ldlCalculated", value: 3.28, unit: "mmol/L" },
  { quantity: "cholesterol.ratio", value: 4.1, unit: "1" },
];

export const simple: Partial<Readonly<Record<Check, Measurement["readings"]>>> = {
  oximetry: [
    { quantity: "spo2", value: 97, unit: "%" },
    { quantity: "pulse.rate", value: 72, unit: "/min" },
  ],
  temperature: [{ quantity: "body.temperature", value: 36.5, unit: "Cel" }],
  body: [{ quantity: "body.weight", value: 61.5, unit: "kg" }],
};

export const devices: readonly DeviceView[] = [
  device("cuff", "bloodPressure", true),
  device("meter", "glucose", false),
  device("panel", "lipids", false),
  device("clip", "oximetry", false),
  device("thermometer", "temperature", false),
  device("scale", "body", false),
];
