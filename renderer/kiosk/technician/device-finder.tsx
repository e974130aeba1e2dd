import { useState } from "react";
import { Field } from "./parts.tsx";
import { useTech } from "./words.ts";

const few = 6;

/** With many devices on a station, a word finds one; with few there is nothing to search. */
export function useFinder<T>(all: readonly T[], wordsOf: (one: T) => string) {
  const tech = useTech();
  const [wanted, setWanted] = useState("");
  const words = wanted.trim().toLowerCase().split(/\s+/);
  const found = all.filter((one) => words.every((word) => wordsOf(one).toLowerCase().includes(word)));
  const field = all.length > few && (
    <Field type="search" label={tech("tech.assign.search")} value={wanted} onChange={setWanted} testId="find-device" />
  );
  return { found, field };
}
