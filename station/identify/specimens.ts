import { Private } from "../../core/domain/private.ts";
import type { EntryBody } from "../../core/journal/entry.ts";
import { specimens } from "../visits/specimens.ts";
import type { Lookup } from "./lookup.ts";

/** A code and a phone number that nobody can have, so that a simulated station shows these ways, too. */
export const specimenCode = "HS1-SPECIMEN-0001";
export const specimenPhone = { phone: "100 0000 0000", second: "000X" } as const;

/** By what the invented people of a simulated station are found again. */
export function specimenLinks(lookup: Lookup): readonly EntryBody<"resident.linked">[] {
  const [first, second] = specimens;
  if (first === undefined || second === undefined) throw new Error("there are specimens");
  const { phone, second: last } = specimenPhone;
  return [
    { resident: first.id, way: "code", key: lookup.code(new Private(specimenCode)) },
    { resident: second.id, way: "phone", key: lookup.phone(new Private(phone), new Private(last)) },
  ];
}
