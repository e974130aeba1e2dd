import type { z } from "zod";
import type { iceServerSchema } from "../../core/contract/views.ts";
import type { Party } from "./calls.ts";

export type IceServer = z.infer<typeof iceServerSchema>;

/** ICE servers with credentials for one call and one party. */
export interface TurnIssuer {
  iceServers(call: string, party: Party): Promise<readonly IceServer[]>;
}
