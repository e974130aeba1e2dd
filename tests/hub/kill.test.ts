import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPairSync, sign } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { emptyHead, entryAfter, type Head } from "../../core/journal/append.ts";
import { firstBreak, headText } from "../../core/journal/chain.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { createHub } from "../../hub/create-hub.ts";
import { keyFile } from "../../hub/key-file.ts";
import { createLogger } from "../../hub/log.ts";
import { sha256 } from "../../hub/store/secrets.ts";
import { systemClock } from "../../hub/system-clock.ts";
import { openLine, visitEntries } from "./parties.ts";
import { running, startHub } from "./process.ts";

const station = uuidv7();
const pair = generateKeyPairSync("ed25519");
const folder = mkdtempSync(join(tmpdir(), "hub-kill-"));
const journal: Entry[] = [];
/** The highest number the hub has ever acknowledged. */
let acknowledged = 0;
let enrolled = false;

const head = (): Head => {
  const last = journal.at(-1);
  return last ? { owner: station, seq: last.seq, hash: last.hash } : emptyHead(station);
};

beforeAll(() => {
  for (let visit = 0; visit < 400; visit += 1) {
    for (const entry of visitEntries(`v${visit}`, uuidv7()))
      journal.push(
        entryAfter(head(), entry, { heardAt: Date.parse("2026-03-02T08:00:00Z") + visit, monoMs: visit }, sha256),
      );
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open() {
  const hub = running(await startHub("--data", folder));
  const { address, enrolCode } = hub.ready;
  if (!enrolled) {
    const body = JSON.stringify({
      code: enrolCode,
      station,
      name: "S",
      place: "P",
      publicKey: pair.publicKey.export({ format: "jwk" }).x,
    });
    expect(
      (await fetch(`${address}/api/enrol`, { method: "POST", headers: { "content-type": "application/json" }, body }))
        .status,
    ).toBe(200);
    enrolled = true;
  }
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: "EdDSA" })
    .setIssuer(station)
    .setAudience("hub")
    .setIssuedAt()
    .setExpirationTime("60s")
    .sign(pair.privateKey);
  return { hub, line: await openLine(address, { authorization: `Bearer ${token}` }) };
}

function shipment(after: number, count: number) {
  const entries = journal.slice(after, after + count);
  const last = entries.at(-1);
  const { seq, hash } = last ?? head();
  return {
    entries,
    head: {
      seq,
      hash,
      signature: sign(null, Buffer.from(headText(station, seq, hash)), pair.privateKey).toString("base64url"),
    },
  };
}

// The hub dies after a number of milliseconds that falls before, inside and behind its commits.
test.each([0, 1, 2, 3, 5, 8, 13, 21])(
  "kill -9 %i ms after a batch was sent loses nothing acknowledged and doubles nothing",
  async (ms) => {
    const { hub, line } = await open();
    const { seq } = await line.client.journal.held();
    expect(seq).toBeGreaterThanOrEqual(acknowledged);
    let next = seq;
    const shipping = (async () => {
      for (;;) {
        const answer = await line.client.journal.ship(shipment(next, 25));
        acknowledged = next = answer.seq;
        if (next >= journal.length) return;
      }
    })().catch(() => {});
    setTimeout(() => hub.child.kill("SIGKILL"), ms);
    expect((await hub.ended).signal).toBe("SIGKILL");
    line.socket.terminate();
    await shipping;
  },
);

test("after all of it the whole journal is shipped and the copy is the station's, entry for entry", async () => {
  const { hub, line } = await open();
  for (let next = (await line.client.journal.held()).seq; next < journal.length;)
    next = (await line.client.journal.ship(shipment(next, 200))).seq;
  line.socket.terminate();
  hub.child.kill("SIGTERM");
  await hub.ended;
  const key = keyFile(folder);
  const created = await createHub({
    clock: systemClock,
    folder,
    key: key ?? new Uint8Array(),
    log: createLogger("silent"),
  });
  if (!created.ok) throw new Error(created.code);
  const { records } = created.hub.parts;
  const visits = await Promise.all(
    Array.from({ length: 400 }, (_, visit) => records.entriesOfVisit(station, `v${visit}`)),
  );
  expect({ held: await records.held(station), visits: visits.flat() }).toEqual({
    held: head(),
    visits: journal.filter((entry) => entry.visit !== null),
  });
  expect(firstBreak(journal, emptyHead(station), sha256)).toBeUndefined();
  expect(created.hub.journal.check()).toBeUndefined();
  await created.hub.close();
});
