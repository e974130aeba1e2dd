import { implement } from "@orpc/server";
import type { BlobState } from "../../core/contract/hub-blobs.ts";
import { faultOf } from "../../core/contract/line.ts";
import { stationContract } from "../../core/contract/station.ts";
import type { StationCall } from "./call.ts";
import type { HubClient } from "./hub-client.ts";

const os = implement(stationContract).consult.blob;

type Held = Pick<BlobState, "received" | "whole">;
type Code = "consult.hubAway" | "consult.ended" | "blob.tooBig" | "blob.broken";
type Refused<C> = { readonly ok: false; readonly code: C };
type Asked<T, C> = { readonly ok: true; readonly value: T } | Refused<C>;

/** The implementations of `stationContract.consult.blob`: nothing is held here, the hub's answer is the only cursor. */
export function blobHandlers(find: (call: string) => StationCall | undefined) {
  const ask = async <T>(id: string, what: (client: HubClient) => Promise<T>): Promise<Asked<T, Code>> => {
    const call = find(id);
    if (call === undefined || call.over) return { ok: false, code: "consult.ended" };
    if (call.hub === undefined) return { ok: false, code: "consult.hubAway" };
    try {
      return { ok: true, value: await what(call.hub) };
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
  };
  /** What goes to the doctors goes only with consent; what they said comes in any case. */
  const carry = async (
    id: string,
    what: (client: HubClient) => Promise<Held>,
  ): Promise<Asked<Held, Code | "consent.notGiven">> => {
    const call = find(id);
    if (call?.over === false && !call.sends) return { ok: false, code: "consent.notGiven" };
    return ask(id, async (hub) => {
      const { received, whole } = await what(hub);
      return { received, whole };
    });
  };
  return {
    begin: os.begin.handler(async ({ input, errors }) => {
      const done = await carry(input.call, (hub) => hub.blob.begin(input));
      if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
      return done.value;
    }),
    put: os.put.handler(async ({ input: { call, ...piece }, errors }) => {
      const done = await carry(call, (hub) => hub.blob.put(piece));
      if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
      return done.value;
    }),
    watch: os.watch.handler(({ input, errors, signal }) => {
      const call = find(input.call);
      if (call === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      return call.notes.watch(signal);
    }),
    get: os.get.handler(async ({ input: { call, ...part }, errors }) => {
      const done = await ask(call, (hub) => hub.blob.get(part));
      if (!done.ok) throw errors.FAULT({ data: { code: readCode(done.code) } });
      return { piece: done.value.piece };
    }),
    heard: os.heard.handler(async ({ input: { call, blob }, errors }) => {
      const done = await ask(call, (hub) => hub.blob.heard({ blob }));
      if (!done.ok) throw errors.FAULT({ data: { code: readCode(done.code) } });
      return {};
    }),
  };
}

/** Nothing that is read is too big. */
const readCode = (code: Code) => (code === "blob.tooBig" ? "blob.broken" : code);

function codeOf(error: unknown): Code {
  const code = faultOf(error);
  if (code === "wire.closed") return "consult.hubAway";
  if (code === "blob.tooBig" || code === "blob.broken" || code === "consult.ended") return code;
  if (code === "consult.notYours") return "consult.ended";
  // Not this station's, whatever it is.
  if (code === "blob.unknown") return "blob.broken";
  throw error;
}
