import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { partyRoles } from "../domain/calls.ts";
import { roomPhases } from "../domain/rooms.ts";
import { declared } from "./errors.ts";
import { fromRoomSchema, receivesSchema, toRoomSchema } from "./room-signals.ts";
import { iceServerSchema } from "./views.ts";

const id = z.uuid();
const ok = z.strictObject({});
const seat = z.string().min(1).max(64);

export const roomSeatSchema = z.strictObject({
  /** Stands for a participant inside this room only; the media's sections are named by it. */
  seat,
  role: z.enum(partyRoles),
  /** Absent where the one who looks may not know it. */
  name: z.string().optional(),
  muted: z.boolean(),
  /** Has reported that media of this room runs. */
  up: z.boolean(),
  /** Its media ran, and a leg of it is broken now: this line carries no talk. Spoken messages go by the hub. */
  broken: z.literal(true).optional(),
  /** What the one who looks may do to this one. */
  may: z.strictObject({ mute: z.boolean(), remove: z.boolean() }),
});
export type RoomSeat = z.infer<typeof roomSeatSchema>;

/** What one participant is to do: pages follow `phase` and `epoch`, however often their line broke meanwhile. */
export const roomViewSchema = z.strictObject({
  call: id,
  phase: z.enum(roomPhases),
  /** Another one means another media worker or another room: both legs are to be made anew. */
  epoch: z.int().nonnegative(),
  /** One's own seat; absent while there is no room. */
  you: seat.optional(),
  seats: z.array(roomSeatSchema),
  /** The seat of who speaks. */
  speaker: seat.optional(),
  receives: receivesSchema,
  /** Somebody watches without taking part: shown in the picture. */
  observed: z.boolean(),
  iceServers: z.array(iceServerSchema),
  /** More than two are in the call and no room can be had; the talk of the first two goes on. */
  code: z.enum(["room.unavailable", "room.full"]).optional(),
});
export type RoomView = z.infer<typeof roomViewSchema>;

/** `seq` counts up per seat: a reader names the last one it has and hears what it missed. */
export const seatSignalSchema = z.strictObject({ seq: z.int().positive(), signal: fromRoomSchema });

/** The call of three and more. Who is in it is decided by `call.*`; the room follows. */
export const roomContract = {
  /** Ends with the call, or when one has no part in it any more. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(roomViewSchema))
    .errors(declared("consult.notYours", "consult.ended")),
  /**
   * To the room, under the call's ticket. `id` made by the sender: the second one is dropped. `consult.fingerprint`: a
   * description with another key than this ticket's first one of the same leg and generation.
   */
  signal: oc
    .input(z.strictObject({ call: id, ticket: z.string(), seat, id, signal: toRoomSchema }))
    .output(ok)
    .errors(
      declared(
        "consult.notYours",
        "consult.ended",
        "consult.fingerprint",
        "room.ended",
        "room.unavailable",
        "room.full",
      ),
    ),
  signals: oc
    .input(z.strictObject({ call: id, seat, after: z.int().nonnegative() }))
    .output(eventIterator(seatSignalSchema))
    .errors(declared("consult.notYours", "consult.ended", "room.ended")),
  /** First media of the room (`room`), or of the direct talk after it (`pair`), in this epoch. */
  up: oc
    .input(z.strictObject({ call: id, epoch: z.int().nonnegative(), of: z.enum(["room", "pair"]) }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended")),
  /** What one's own line carries. */
  receive: oc
    .input(z.strictObject({ call: id, receives: receivesSchema }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "room.ended", "room.unavailable", "room.full")),
  /** Oneself, or whom the table of parts allows. */
  mute: oc
    .input(z.strictObject({ call: id, seat, muted: z.boolean() }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "room.ended", "room.notAllowed")),
  remove: oc
    .input(z.strictObject({ call: id, seat }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "room.ended", "room.notAllowed")),
} as const;
