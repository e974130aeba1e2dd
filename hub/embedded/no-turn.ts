import type { TurnIssuer } from "../ports/turn-issuer.ts";

/** On one network peers reach each other by their own addresses: nothing to issue. */
export const noTurn: TurnIssuer = { iceServers: async () => [], renewInMs: () => undefined };
