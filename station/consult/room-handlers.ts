import { implement } from "@orpc/server";
import { stationContract } from "../../core/contract/station.ts";
import type { StationCall } from "./call.ts";

const os = implement(stationContract).consult.room;

/** The implementations of `stationContract.consult.room`. */
export function roomHandlers(find: (call: string) => StationCall | undefined) {
  return {
    watch: os.watch.handler(({ input, errors, signal }) => {
      const room = find(input.call)?.room;
      if (room === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      return room.watch(signal);
    }),

    signal: os.signal.handler(async ({ input, errors }) => {
      const sent = await find(input.call)?.sendToRoom(input.seat, input.id, input.signal);
      if (sent === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      if (!sent.ok) throw errors.FAULT({ data: { code: sent.code } });
      return {};
    }),

    signals: os.signals.handler(({ input, errors, signal }) => {
      const room = find(input.call)?.room;
      if (room === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      const heard = room.signals(input.seat, input.after, signal);
      if (heard === undefined) throw errors.FAULT({ data: { code: "room.ended" } });
      return heard;
    }),

    up: os.up.handler(async ({ input, errors }) => {
      const told = await find(input.call)?.room.up(input.epoch, input.of);
      if (told === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      if (!told.ok) throw errors.FAULT({ data: { code: told.code } });
      return {};
    }),
  };
}
