import { z } from "zod";

/**
 * What a client and its room say to each other about media. A participant has two legs to the room: `up` carries what it
 * sends (the client offers, the room answers), `down` what it receives (the room offers, the client answers). Each leg has a
 * generation that the client makes and only ever raises: a signal of another generation belongs to a connection that is gone.
 */
export const legs = ["up", "down"] as const;
export type Leg = (typeof legs)[number];

const participant = z.string().min(1).max(64);

/** Which media section of the down leg carries whom; sections that are not named carry nobody. */
export const roomStreamSchema = z.strictObject({
  mid: z.string().max(32),
  participant,
  kind: z.enum(["audio", "video"]),
});
export type RoomStream = z.infer<typeof roomStreamSchema>;

const description = { kind: z.literal("description"), sdp: z.string().max(60_000) } as const;

/** From the client. */
export const toRoomSchema = z.strictObject({
  leg: z.enum(legs),
  generation: z.int().nonnegative(),
  body: z.discriminatedUnion("kind", [
    /** `offer` on the up leg, `answer` on the down leg. */
    z.strictObject({ ...description, type: z.enum(["offer", "answer"]) }),
    z.strictObject({
      kind: z.literal("candidate"),
      candidate: z.string().max(2_000),
      sdpMid: z.string().max(32).nullable(),
      sdpMLineIndex: z.int().nullable(),
    }),
    /** The client has a new connection for its down leg and waits for the offer. */
    z.strictObject({ kind: z.literal("ready") }),
  ]),
});
export type ToRoom = z.infer<typeof toRoomSchema>;

/** To the client. The room's candidates are in its descriptions. */
export const fromRoomSchema = z.strictObject({
  leg: z.enum(legs),
  generation: z.int().nonnegative(),
  body: z.union([
    z.strictObject({ ...description, type: z.literal("answer") }),
    z.strictObject({ ...description, type: z.literal("offer"), streams: z.array(roomStreamSchema).max(64) }),
    /** The same sections carry others now; no new description is needed. */
    z.strictObject({ kind: z.literal("streams"), streams: z.array(roomStreamSchema).max(64) }),
  ]),
});
export type FromRoom = z.infer<typeof fromRoomSchema>;

/** What a line can carry: everybody's picture, the speaker's only, or voices alone. Voices always come. */
export const receives = ["all", "speaker", "voice"] as const;
export const receivesSchema = z.enum(receives);
export type Receives = z.infer<typeof receivesSchema>;
