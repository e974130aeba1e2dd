import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { SignJWT } from "jose";
import { v7 as uuidv7 } from "uuid";
import { WebSocket } from "ws";
import type { hubContract } from "../../core/contract/hub.ts";
import type { OpinionWish } from "../../core/contract/hub-opinions.ts";
import { speakable } from "../../core/contract/line.ts";
import { emptyHead, entryAfter, type Head } from "../../core/journal/append.ts";
import { headText } from "../../core/journal/chain.ts";
import type { Entry, NewEntry } from "../../core/journal/entry.ts";
import { createHub, type Hub, type HubOptions } from "../../hub/create-hub.ts";
import { codeAt } from "../../hub/http/second-factor.ts";
import { createLogger } from "../../hub/log.ts";
import type { Practice } from "../../core/domain/practice.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Pairing, PersonRole } from "../../hub/ports/directory.ts";
import { sha256 } from "../../hub/store/secrets.ts";
import { systemClock } from "../../hub/system-clock.ts";
import { fakeClock, type FakeClock } from "./fake-clock.ts";

export type HubClient = ContractRouterClient<typeof hubContract>;

/** One open line to the hub. */
export interface Line {
  readonly client: HubClient;
  readonly socket: WebSocket;
  /** Close code, once closed. */
  readonly closed: Promise<number>;
  /** As if the network had gone: no goodbye. */
  drop(): Promise<void>;
}

export class UpgradeRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`upgrade refused: ${status}`);
    this.status = status;
  }
}

export async function openLine(
  address: string,
  headers: Readonly<Record<string, string>>,
  path = "/wire",
): Promise<Line> {
  const socket = new WebSocket(`${address.replace("http", "ws")}${path}`, { headers, perMessageDeflate: false });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      reject(new UpgradeRefused(response.statusCode ?? 0));
    });
    socket.once("error", reject);
  });
  socket.on("error", () => {});
  // `ws` speaks the browser's interface; only the types of events differ.
  const client: HubClient = createORPCClient(
    new RPCLink({ websocket: speakable(socket as unknown as globalThis.WebSocket) }),
  );
  return {
    client,
    socket,
    closed,
    drop: async () => {
      socket.terminate();
      await closed;
    },
  };
}

/** A hub of its own in a folder of its own; `restart` ends it and opens the same folder again. */
export class Town {
  readonly clock: FakeClock = fakeClock();
  readonly folder = mkdtempSync(join(tmpdir(), "hub-"));
  readonly key = new Uint8Array(32).fill(7);
  readonly log: string[] = [];
  #hub: Hub | undefined;
  #time: Clock = this.clock;

  static async open(options: Partial<HubOptions> = {}): Promise<Town> {
    const town = new Town();
    await town.start(options);
    return town;
  }

  get hub(): Hub {
    if (!this.#hub) throw new Error("the hub is not running");
    return this.#hub;
  }

  /** The hub's present time, milliseconds since 1970 UTC: what its parties sign and show must be of it. */
  now(): number {
    return this.#time.now();
  }

  async start(options: Partial<HubOptions> = {}): Promise<void> {
    this.#time = options.clock ?? this.clock;
    const log = createLogger("debug", { write: (line) => void this.log.push(line) });
    const created = await createHub({
      clock: this.clock,
      lines: systemClock,
      folder: this.folder,
      key: this.key,
      log,
      ...options,
    });
    if (!created.ok) throw new Error(created.code);
    this.#hub = created.hub;
  }

  async stop(): Promise<void> {
    await this.#hub?.close();
    this.#hub = undefined;
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async station(name = "Station", pairing: Pairing = {}): Promise<StationParty> {
    const station = new StationParty(this, name);
    const answer = await station.enrol(await this.hub.newEnrolCode(pairing));
    if (answer.status !== 200) throw new Error(`enrolment: ${answer.status}`);
    return station;
  }

  async person(account: string, role: PersonRole = "doctor", practice?: Practice): Promise<PersonParty> {
    const password = `password of ${account}`;
    const name = `Dr ${account}`;
    const id = await this.hub.putAccount({ account, name, role, password, ...(practice ? { practice } : {}) });
    const person = new PersonParty(this, id, account, password);
    await person.signIn();
    return person;
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.hub.address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }
}

/** A station with a key and a journal of its own. */
export class StationParty {
  readonly id = uuidv7();
  readonly journal: Entry[] = [];
  readonly publicKey: string;
  readonly #town: Town;
  readonly #name: string;
  readonly #key: KeyObject;

  constructor(town: Town, name: string) {
    const pair = generateKeyPairSync("ed25519");
    this.#town = town;
    this.#name = name;
    this.#key = pair.privateKey;
    this.publicKey = pair.publicKey.export({ format: "jwk" }).x ?? "";
  }

  enrol(code: string): Promise<Response> {
    return this.#town.post("/api/enrol", {
      code,
      station: this.id,
      name: this.#name,
      place: "Village 3",
      publicKey: this.publicKey,
    });
  }

  token(
    claims: {
      readonly aud?: string;
      readonly iss?: string;
      readonly seconds?: number;
      readonly ageSeconds?: number;
      readonly key?: KeyObject;
    } = {},
  ): Promise<string> {
    const issued = Math.floor(this.#town.now() / 1000) - (claims.ageSeconds ?? 0);
    return new SignJWT({})
      .setProtectedHeader({ alg: "EdDSA" })
      .setIssuer(claims.iss ?? this.id)
      .setAudience(claims.aud ?? "hub")
      .setIssuedAt(issued)
      .setExpirationTime(issued + (claims.seconds ?? 60))
      .sign(claims.key ?? this.#key);
  }

  async connect(): Promise<Line> {
    return openLine(this.#town.hub.address, { authorization: `Bearer ${await this.token()}` });
  }

  get head(): Head {
    const last = this.journal.at(-1);
    return last ? { owner: this.id, seq: last.seq, hash: last.hash } : emptyHead(this.id);
  }

  write(...entries: readonly NewEntry[]): readonly Entry[] {
    for (const entry of entries)
      this.journal.push(
        entryAfter(this.head, entry, { heardAt: this.#town.clock.now(), monoMs: this.#town.clock.monotonic() }, sha256),
      );
    return this.journal.slice(this.journal.length - entries.length);
  }

  /** What a station sends: entries above `after` and the signed head. */
  shipment(after = 0, until = this.journal.length) {
    const last = this.journal[until - 1];
    return {
      entries: this.journal.slice(after, until),
      head: this.signHead(last ? { owner: this.id, seq: last.seq, hash: last.hash } : emptyHead(this.id)),
    };
  }

  signHead({ owner, seq, hash }: Head) {
    return {
      seq,
      hash,
      signature: sign(null, Buffer.from(headText(owner, seq, hash)), this.#key).toString("base64url"),
    };
  }
}

/** What a person has in the pocket. Never shows a code twice: the one before and the one after are as good as the present one. */
export class Authenticator {
  secret: string;
  readonly #shown = new Set<string>();

  constructor(secret: string) {
    this.secret = secret;
  }

  code(now: number): string {
    const steps = [now, now - 30_000, now + 30_000];
    const at = steps
      .map((ms) => Math.floor(ms / 30_000))
      .findIndex((step) => !this.#shown.has(`${this.secret} ${step}`));
    const ms = steps[at];
    if (ms === undefined) throw new Error("every code of this moment was used: let the clock go on by 30 s");
    this.#shown.add(`${this.secret} ${Math.floor(ms / 30_000)}`);
    return codeAt(this.secret, ms);
  }
}

export class PersonParty {
  readonly id: string;
  readonly account: string;
  readonly password: string;
  readonly #town: Town;
  readonly #codes: Authenticator;
  #cookie = "";

  /** `secret`: of the second factor, where the account has one; otherwise the first sign-in enrols. */
  constructor(town: Town, id: string, account: string, password: string, secret = "") {
    this.#town = town;
    this.id = id;
    this.account = account;
    this.password = password;
    this.#codes = new Authenticator(secret);
  }

  /** A code that was not used yet. */
  code(): string {
    return this.#codes.code(this.#town.now());
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** Password, then code; the first answer that is a no, or the session's. */
  async signIn(): Promise<Response> {
    const first = await this.#town.post("/api/sign-in", { account: this.account, password: this.password });
    if (!first.ok) return first;
    const { step, secret } = (await first.json()) as { readonly step: string; readonly secret?: string };
    if (secret !== undefined) this.#codes.secret = secret;
    const response = await this.#town.post("/api/sign-in/code", { step, code: this.code() });
    this.#cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    return response;
  }

  connect(): Promise<Line> {
    return openLine(this.#town.hub.address, { cookie: this.#cookie, origin: this.#town.hub.address });
  }
}

/** The fault code of a call that must fail. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const data: unknown = error instanceof ORPCError ? error.data : undefined;
    if (data !== null && typeof data === "object" && "code" in data && typeof data.code === "string") return data.code;
    throw error;
  }
  return "ok";
}

/** Reads a feed until an item fits; the others before it are passed over. Leaves nothing behind the feed's end. */
export async function until<T>(feed: AsyncIterator<T>, fits: (item: T) => boolean): Promise<T> {
  for (;;) {
    const next = await feed.next();
    if (next.done === true) throw new Error("the feed ended first");
    if (fits(next.value)) return next.value;
  }
}

export const actor = { role: "station", id: "kiosk" } as const;

/** A resident, a visit and a pressure: what a station has written when it asks for a doctor. */
export function visitEntries(
  visit: string,
  resident: string,
  options: { readonly systolic?: number } = {},
): readonly NewEntry[] {
  const measurement = uuidv7();
  const about = { actor, subject: resident, visit };
  return [
    {
      id: uuidv7(),
      type: "resident.registered",
      actor,
      subject: resident,
      visit: null,
      body: {
        id: resident,
        name: "Specimen One",
        sex: "female",
        birthYear: 1958,
        facts: { diabetes: "unknown", hypertension: true, pregnant: false },
        specimen: true,
      },
    },
    { ...about, id: uuidv7(), type: "visit.opened", body: { kind: "resident" } },
    pressure(visit, resident, measurement, options.systolic ?? 168),
  ];
}

export function pressure(visit: string, resident: string, measurement: string, systolic: number): NewEntry {
  return {
    id: uuidv7(),
    type: "measurement.accepted",
    actor,
    subject: resident,
    visit,
    body: {
      id: measurement,
      visit,
      of: "bloodPressure",
      readings: [
        { quantity: "bp.systolic", value: systolic, unit: "mm[Hg]" },
        { quantity: "bp.diastolic", value: 97, unit: "mm[Hg]" },
      ],
      doubts: [],
      provenance: {
        device: "cuff",
        profile: "example",
        profileVersion: "1",
        program: "test",
        simulated: true,
        port: "pty",
        rawHex: ["aa55"],
      },
      times: { heardAt: "2026-03-02T08:00:00.000Z" },
      context: {},
    },
  };
}

/** The signing PIN of everybody here. */
export const pin = "84-27-19-63";

/** Makes this person's signing key and opens it, at the session of this line. */
export async function openKey({ client }: Line, person: PersonParty): Promise<void> {
  await client.signing.makeKey({ pin, code: person.code() });
}

/** An opinion as a desk hands it in. */
export const opinionWish = (call: string, more: Partial<OpinionWish> = {}): OpinionWish => ({
  id: uuidv7(),
  call,
  soap: { subjective: "", objective: "168/97", assessment: "Specimen assessment", plan: "Specimen plan" },
  sentences: [
    { key: "care.say.pressureHigh", values: {} },
    { key: "care.say.measureAgain", values: { days: 3 } },
    { key: "care.say.worseStroke", values: {} },
  ],
  next: "comeBack",
  ...more,
});
