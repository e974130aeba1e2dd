import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
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

/** A window that was just closed may still be inside for a moment: its successor is let in when it has gone. */
async function letIn(dial: () => WebSocket): Promise<WebSocket> {
  for (let attempt = 1; ; attempt++) {
    const socket = dial();
    try {
      await once(socket, "open");
      return socket;
    } catch (error) {
      if (attempt === 20) throw error;
      await setTimeout(250);
    }
  }
}

/** Waits at a running station's own door, as its page, until the hub holds everything; answers the station's view then. */
export async function untilShipped(kiosk: string): Promise<StationView> {
  const { origin, host, hash } = new URL(kiosk);
  const socket = await letIn(
    () => new WebSocket(`ws://${host}/wire`, ["health-station", hash.replace("#token=", "")], { origin }),
  );
  const client: ContractRouterClient<typeof stationContract> = createORPCClient(
    lineOverSocket(socket as unknown as globalThis.WebSocket),
  );
  const views: AsyncIterable<StationView> = await client.station.watch();
  let shipped: StationView | undefined;
  for await (const view of views) {
    if (view.hub !== "up" || view.unsent > 0) continue;
    shipped = view;
    break;
  }
  socket.close();
  await once(socket, "close");
  if (shipped === undefined) throw new Error("the station ended before the hub held everything");
  return shipped;
}

/** Both sides' last entry of the station's journal, read from the files of a stopped product; the chain is checked whole. */
export async function headsOf(data: string): Promise<{
  readonly owner: string;
  readonly station: Head;
  readonly hub: Head;
  /** Of the station's entries, from the first on. */
  readonly hashes: readonly string[];
  readonly visits: number;
  /** Calls that a doctor was asked for. */
  readonly calls: number;
}> {
  const key = await readOrMakeKey(`${data}/station`);
  if (!key.ok) throw new Error(key.sentence);
  const opened = await openStore({ folder: `${data}/station`, key: key.key });
  if (!opened.ok) throw new Error(opened.code);
  const { store } = opened;
  const checked = await store.verify();
  if (!checked.ok) throw new Error(`the chain is broken: ${JSON.stringify(checked)}`);
  const station = await store.head();
  const entries = await store.tail(0, 10_000);
  const visits = entries.filter(({ type }) => type === "visit.opened").length;
  const calls = entries.filter(({ type }) => type === "consult.requested").length;
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
  const hashes = entries.map(({ hash }) => hash);
  return { owner, station: { seq: station.seq, hash: station.hash }, hub, hashes, visits, calls };
}
