import type { Measurement } from "../../core/journal/entry.ts";

/** Typed by a person, not heard from a device. Apart from the judgements: the first screen does not wait for those. */
export const isEntered = (measurement: Pick<Measurement, "context">): boolean => measurement.context.entered === true;
