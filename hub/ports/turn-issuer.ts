import type { z } from "zod";
import type { iceServerSchema } from "../../core/contract/views.ts";
import type { Call } from "./calls.ts";

export type IceServer = z.infer<typeof iceServerSchema>;

/** ICE servers with credentials for one call and one party. Asked again, the same ones until they are renewed. */
export interface TurnIssuer {
  iceServers(call: Pick<Call, "id" | "begunAt">, party: string): Promise<readonly IceServer[]>;
  /** Milliseconds until there will be new ones for this call; undefined: never. */
  renewInMs(call: Pick<Call, "begunAt">): number | undefined;
}
