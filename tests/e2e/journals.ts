import { once } from "node:events";
import type { ContractRouterClient } from "@orpc/contract";
import { createORPCClient } from "@orpc/client";
import { WebSocket } from "ws";
import type { stationContract } from "../../core/contract/station.ts";
import type { StationView } from "../../core/contract/views.ts";
import { openEncrypted } from "../../hub/store/open.ts";
import { keyFile } from "../../hub/key-file.ts";
import { schemaVersion } from "../../hub/store/migrate.ts";
import { lineOverSocket } from "../../renderer/station.ts";
import { readOrMakeKey } from "../../station/loopback/key-file.ts";
import { openStore } from "../../station/store/store.ts";

interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Waits at a running station's own door, as its page, until the hub holds everything. */
export async function untilShipped(kiosk: string): Promise<void> {
  const { origin, host, hash } = new URL(kiosk);
  const socket = new WebSocket(`ws://${host}/wire`, ["health-station", hash.replace("#token=", "")], { origin });
  await once(socket, "open");
  const client: ContractRouterClient<typeof stationContract> = createORPCClient(
    lineOverSocket(socket as unknown as globalThis.WebSocket),
  );
  const views: AsyncIterable<StationView> = await client.station.watch();
  for await (const view of views) if (view.hub === "up" && view.unsent === 0) break;
  socket.close();
  await once(socket, "close");
}

/** Both sides' last entry of the station's journal, read from the files of a stopped product; the chain is checked whole. */
export async function headsOf(
  data: string,
): Promise<{ readonly station: Head; readonly hub: Head; readonly visits: number }> {
  const key = await readOrMakeKey(`${data}/station`);
  if (!key.ok) throw new Error(key.sentence);
  const opened = await openStore({ folder: `${data}/station`, key: key.key });
  if (!opened.ok) throw new Error(opened.code);
  const { store } = opened;
  const checked = await store.verify();
  if (!checked.ok) throw new Error(`the chain is broken: ${JSON.stringify(checked)}`);
  const station = await store.head();
  const visits = (await store.tail(0, 10_000)).filter(({ type }) => type === "visit.opened").length;
  const owner = store.owner;
  await store.close();

  const hubKey = keyFile(`${data}/hub`);
  if (hubKey === undefined) throw new Error("the hub's key file cannot be read");
  const db = openEncrypted(`${data}/hub/hub.db`, hubKey, schemaVersion);
  if (!db.ok) throw new Error(db.code);
  const hub = db.db
    .prepare<[string], Head>("SELECT seq, hash FROM station_entries WHERE owner = ? ORDER BY seq DESC LIMIT 1")
    .get(owner);
  db.db.close();
  if (hub === undefined) throw new Error("the hub holds nothing of this station");
  return { station: { seq: station.seq, hash: station.hash }, hub, visits };
}
