import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";
import { roomViewSchema, seatSignalSchema } from "./hub-rooms.ts";
import { toRoomSchema } from "./room-signals.ts";

const id = z.uuid();
const ok = z.strictObject({});
const seat = z.string().min(1).max(64);
const refused = declared(
  "consult.hubAway",
  "consult.ended",
  "room.ended",
  "room.unavailable",
  "room.full",
  "consult.fingerprint",
);

/** The station's seat in a call of three and more: what the hub's `room.*` says, over lost lines. */
export const stationRoomContract = {
  /** The newest word of the hub, which stays while the line is away; the direct talk before there is any. Ends with the call. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(roomViewSchema))
    .errors(declared("consult.ended")),
  /** Answers when the hub has it. `id` made by the page: sent again after a lost answer, the second one is dropped. */
  signal: oc
    .input(z.strictObject({ call: id, seat, id, signal: toRoomSchema }))
    .output(ok)
    .errors(refused),
  /** Those after `after`; ends with the seat. */
  signals: oc
    .input(z.strictObject({ call: id, seat, after: z.int().nonnegative() }))
    .output(eventIterator(seatSignalSchema))
    .errors(declared("consult.ended", "room.ended")),
  /** Media runs, of the room or of the direct talk after it. Refused, it is to be told again. */
  up: oc
    .input(z.strictObject({ call: id, epoch: z.int().nonnegative(), of: z.enum(["room", "pair"]) }))
    .output(ok)
    .errors(refused),
} as const;
