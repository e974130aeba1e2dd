import { implement } from "@orpc/server";
import type { BlobState } from "../../core/contract/hub-blobs.ts";
import { faultOf } from "../../core/contract/line.ts";
import { stationContract } from "../../core/contract/station.ts";
import type { StationCall } from "./call.ts";
import type { HubClient } from "./hub-client.ts";

const os = implement(stationContract).consult.blob;

type Held = Pick<BlobState, "received" | "whole">;
type Code = "consent.notGiven" | "consult.hubAway" | "consult.ended" | "blob.tooBig" | "blob.broken";
type Carried = { readonly ok: true; readonly held: Held } | { readonly ok: false; readonly code: Code };

/** The implementations of `stationContract.consult.blob`: nothing is held here, the hub's answer is the only cursor. */
export function blobHandlers(find: (call: string) => StationCall | undefined) {
  const carry = async (id: string, ask: (client: HubClient) => Promise<Held>): Promise<Carried> => {
    const call = find(id);
    if (call === undefined || call.over) return { ok: false, code: "consult.ended" };
    if (!call.sends) return { ok: false, code: "consent.notGiven" };
    if (call.hub === undefined) return { ok: false, code: "consult.hubAway" };
    try {
      const { received, whole } = await ask(call.hub);
      return { ok: true, held: { received, whole } };
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
  };
  return {
    begin: os.begin.handler(async ({ input, errors }) => {
      const done = await carry(input.call, (hub) => hub.blob.begin(input));
      if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
      return done.held;
    }),
    put: os.put.handler(async ({ input: { call, ...piece }, errors }) => {
      const done = await carry(call, (hub) => hub.blob.put(piece));
      if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
      return done.held;
    }),
  };
}

function codeOf(error: unknown): Code {
  const code = faultOf(error);
  if (code === "wire.closed") return "consult.hubAway";
  if (code === "blob.tooBig" || code === "blob.broken" || code === "consult.ended") return code;
  if (code === "consult.notYours") return "consult.ended";
  // Not this station's, whatever it is.
  if (code === "blob.unknown") return "blob.broken";
  throw error;
}
