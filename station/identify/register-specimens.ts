import { specimenSubject } from "../../core/domain/consent.ts";
import { derivedId } from "../consult/derived-id.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import { specimens } from "../visits/specimens.ts";
import { Lookup } from "./lookup.ts";
import { specimenLinks } from "./specimens.ts";

/** Brings the invented people of a simulated station along; at the next start the same facts once more. */
export async function registerSpecimens(store: Store, scribe: Scribe): Promise<void> {
  const facts = specimens.map((resident) =>
    scribe.fact("resident.registered", resident, { visit: null, subject: specimenSubject(resident), id: resident.id }),
  );
  const links = specimenLinks(new Lookup(await store.lookupSecret())).flatMap((link) => {
    const subject = specimens.find(({ id }) => id === link.resident);
    const about = { visit: null, subject: subject === undefined ? null : specimenSubject(subject) };
    return scribe.fact("resident.linked", link, { ...about, id: derivedId("resident.linked", link.key) });
  });
  await scribe.keep(...facts, ...links);
}
