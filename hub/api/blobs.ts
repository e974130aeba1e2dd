import { blobLimits, type BlobState } from "../../core/contract/hub-blobs.ts";
import { scopeOfGuest } from "../../core/domain/guests.ts";
import { instant } from "../../core/domain/time.ts";
import type { Operation } from "../../core/rights.ts";
import type { Blob } from "../ports/blobs.ts";
import { stationOf } from "../calls/participants.ts";
import type { Participant } from "../ports/calls.ts";
import { ownCall, partIn } from "./calls.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";
import { states } from "./feed.ts";

const stateOf = ({ id: blob, call, kind, media, bytes, hash, received, whole, by, at, heardAt }: Blob): BlobState => ({
  blob,
  call,
  kind,
  media,
  bytes,
  hash,
  received,
  whole,
  by,
  at: instant(at),
  ...(heardAt === undefined ? {} : { heardAt: instant(heardAt) }),
});

/** Pictures and notes are the doctors' and the station's: not for who watches or came along. */
const seesHanded = ({ role }: Participant): boolean => scopeOfGuest(role) === undefined;

/** A blob of a call one has part in; guests are shown none. What is not one's own is as if it were not there. */
async function ownBlob(context: HubContext, id: string, operation: Operation): Promise<Blob | undefined> {
  const found = await context.hub.blobs.find(id);
  if (!found) return undefined;
  const call = await context.hub.calls.find(found.call);
  const party = call && partIn(call, context.who);
  if (party && seesHanded(party)) return found;
  await refused(context, operation, id);
  return undefined;
}

export const blob = {
  begin: doors.blob.begin.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownCall(context, input.call, "blob.begin");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    if (found.call.outcome !== undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
    const { blob: id, of: by = who.id, ...given } = input;
    // In another's name a doctor keeps only what came from the call's own station.
    if (by !== who.id && (found.party.kind !== "person" || stationOf(found.call)?.id !== by)) {
      await refused(context, "blob.begin", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    const limit = blobLimits[given.kind];
    const fits = given.bytes <= limit.bytes && limit.media.some((media) => media === given.media);
    const kept = fits ? await hub.blobs.begin({ ...given, id, by, keptBy: who.id, at: hub.clock.now() }) : undefined;
    if (!kept) throw errors.FAULT({ data: { code: "blob.tooBig" } });
    if (kept.keptBy !== who.id || kept.call !== input.call || kept.hash !== input.hash)
      throw errors.FAULT({ data: { code: "blob.unknown" } });
    hub.bus.announce(`blobs:${input.call}`);
    hub.bus.announce("queue");
    return stateOf(kept);
  }),

  put: doors.blob.put.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownBlob(context, input.blob, "blob.put");
    if (found && found.keptBy !== who.id) await refused(context, "blob.put", input.blob);
    if (found?.keptBy !== who.id) throw errors.FAULT({ data: { code: "blob.unknown" } });
    const put = await hub.blobs.put(input.blob, input.offset, Buffer.from(input.piece, "base64"));
    if (!put.ok) throw errors.FAULT({ data: { code: put.code } });
    hub.bus.announce(`blobs:${found.call}`);
    if (put.blob.whole) hub.bus.announce("queue");
    return stateOf(put.blob);
  }),

  state: doors.blob.state.handler(async ({ input, context, errors }) => {
    const found = await ownBlob(context, input.blob, "blob.state");
    if (!found) throw errors.FAULT({ data: { code: "blob.unknown" } });
    return stateOf(found);
  }),

  get: doors.blob.get.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownBlob(context, input.blob, "blob.get");
    if (!found?.whole) throw errors.FAULT({ data: { code: "blob.unknown" } });
    // Looking at it is one access, however many pieces it comes in.
    if (input.offset === 0)
      await hub.records.append([decided(who, { operation: "blob.get", allowed: true, about: input.blob })]);
    const piece = await hub.blobs.read(input.blob, input.offset, input.length);
    return { piece: Buffer.from(piece).toString("base64"), bytes: found.bytes };
  }),

  heard: doors.blob.heard.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownBlob(context, input.blob, "blob.heard");
    if (!found?.whole) throw errors.FAULT({ data: { code: "blob.unknown" } });
    if (await hub.blobs.heard(input.blob, hub.clock.now())) {
      await hub.records.append([decided(who, { operation: "blob.heard", allowed: true, about: input.blob })]);
      hub.bus.announce(`blobs:${found.call}`);
    }
    return stateOf((await hub.blobs.find(input.blob)) ?? found);
  }),

  watch: doors.blob.watch.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownCall(context, input.call, "blob.watch");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const topics = [`blobs:${input.call}`, `call:${input.call}`] as const;
    return states({ operation: "blob.watch", context, topics }, async () => {
      const call = await hub.calls.find(input.call);
      const party = call && partIn(call, who);
      if (!party || !seesHanded(party)) return undefined;
      return { value: (await hub.blobs.ofCall(input.call)).map(stateOf) };
    });
  }),
};
