import { implement } from "@orpc/server";
import { stationContract } from "../core/contract/station.ts";

const os = implement(stationContract).consult;

/** A station that was given no hub: no doctor can be reached, and it says so. */
export const noHub = {
  request: os.request.handler(({ errors }) => {
    throw errors.FAULT({ data: { code: "consult.hubAway" } });
  }),
  cancel: os.cancel.handler(() => ({})),
  watch: os.watch.handler(({ errors }) => {
    throw errors.FAULT({ data: { code: "consult.ended" } });
  }),
  signal: os.signal.handler(({ errors }) => {
    throw errors.FAULT({ data: { code: "consult.hubAway" } });
  }),
  signals: os.signals.handler(({ errors }) => {
    throw errors.FAULT({ data: { code: "consult.ended" } });
  }),
  mediaUp: os.mediaUp.handler(() => ({})),
};
