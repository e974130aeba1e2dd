import { v5 as uuidv5 } from "uuid";
import { headText } from "../../core/journal/chain.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld } from "../../core/journal/withheld.ts";
import { hearContracts } from "../care/contract-acts.ts";
import { reportReadings } from "../care/follow-up-readings.ts";
import { hearWhose, reportUrgentResults } from "../care/danger-results.ts";
import { hearWishes } from "../care/wishes.ts";
import { verifyText } from "../store/secrets.ts";
import { decided, doors, type HubContext } from "./context.ts";
import { feed } from "./feed.ts";

/** Namespace of the entries that say which fork was refused: the same fork, told again, is the same entry. */
const refusals = "3b1c5a0e-6f2d-5c1b-9e52-1f4c9a7d2b60";
const inboxPage = 100;
const withheldPage = 1_000;

/** Journals in and out. The station is who it proved to be at the upgrade; it names no other. */
export const journal = {
  ship: doors.journal.ship.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const { entries, head } = input;
    const station = await hub.directory.station(who.id);
    if (!station || !verifyText(headText(who.id, head.seq, head.hash), head.signature, station.publicKey)) {
      await refuse(context, head.seq, "signature", head.hash);
      throw errors.FAULT({ data: { code: "store.broken" } });
    }
    const answer = await hub.records.ship(who.id, entries, head);
    if (!answer.ok) {
      if (answer.broken)
        await refuse(
          context,
          answer.broken.seq,
          answer.broken.why,
          entries.find((entry) => entry.seq === answer.broken?.seq)?.hash ?? head.hash,
        );
      throw errors.FAULT({ data: { code: answer.code } });
    }
    const { held, fresh } = answer;
    for (const entry of fresh) {
      const told = isWithheld(entry) ? undefined : bodyOf(entry, "message.told");
      if (told && !isWithheld(entry))
        await hub.care.told(told, { station: who.id, resident: entry.subject, at: entry.heardAt });
    }
    for (const entry of fresh) if (!isWithheld(entry)) await hub.guests.heard(who.id, entry);
    await hearWhose(hub, fresh);
    await reportUrgentResults(hub, who.id, fresh);
    await reportReadings(hub, who.id, fresh);
    await hearWishes(hub, who.id, fresh);
    await hearContracts(hub, who.id, fresh);
    if (fresh.length > 0) hub.bus.announce(`journal:${who.id}`);
    return { seq: held.seq, hash: held.hash, hub: hub.records.hub, signature: hub.records.countersign(held) };
  }),

  held: doors.journal.held.handler(async ({ context }) => {
    const { seq, hash } = await context.hub.records.held(context.who.id);
    return { seq, hash };
  }),

  withheld: doors.journal.withheld.handler(async ({ input, context }) => ({
    seqs: [...(await context.hub.records.withheld(context.who.id, input.after, withheldPage))],
  })),

  reveal: doors.journal.reveal.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    if (!(await hub.records.reveal(who.id, input.entries))) throw errors.FAULT({ data: { code: "store.broken" } });
    // The proof of an act may be what was withheld.
    for (const visit of new Set(input.entries.flatMap(({ visit: of }) => of ?? [])))
      await hearContracts(hub, who.id, await hub.records.entriesOfVisit(who.id, visit));
    hub.bus.announce(`journal:${who.id}`);
    return {};
  }),

  inbox: doors.journal.inbox.handler(async ({ input, context }) => {
    const cursor = { after: input.after };
    return feed({ operation: "journal.inbox", context, topics: [`inbox:${context.who.id}`] }, () =>
      left(context, cursor),
    );
  }),
};

/** What lies in the inbox of the asking station and has not been told. */
async function* left({ hub, who }: HubContext, cursor: { after: number }) {
  for (;;) {
    const page = await hub.records.inbox(who.id, cursor.after, inboxPage);
    for (const entry of page) {
      yield entry;
      cursor.after = entry.seq;
    }
    if (page.length < inboxPage) return false;
  }
}

async function refuse({ hub, who }: HubContext, seq: number, why: string, hash: string): Promise<void> {
  hub.log.error("journalRefused", { station: who.id, seq, why });
  const entry = decided(who, { operation: "journal.ship", allowed: false, about: `${why} at ${seq}` });
  await hub.records.append([{ ...entry, id: uuidv5(`${who.id} ${why} ${seq} ${hash}`, refusals) }]);
}
