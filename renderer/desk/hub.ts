import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import type { hubContract } from "../../core/contract/hub.ts";
import { lineOver, speakable } from "../../core/contract/line.ts";
import { isFaultCode, type FaultCode } from "../../core/domain/faults.ts";
import { openDoor, type Dial, type Door } from "../door.ts";

export { faultOf } from "../../core/contract/line.ts";

/** The desk's only door to the hub: the page's own origin, the session in a cookie that no script can read. */
export type HubClient = ContractRouterClient<typeof hubContract>;
export type HubDoor = Door<HubClient>;

/** Silence longer than this on a line that is asked every `heartbeatMs` means that the line is dead. */
const silenceMs = 3_000;
const heartbeatMs = 2_000;
/** The hub's own close code: the session has ended. */
const signedOutCode = 4401;

/** `path`: of the socket; that of relatives is another, and so is their cookie. */
export function connectHub(path = "/wire"): HubDoor {
  return openDoor<HubClient>(dialHub(path), (link) => createORPCClient(link), { after });
}

/**
 * A browser says late, or never, that its socket is dead. While a call runs, the page asks who it is every two seconds
 * and throws away a line that does not answer; the door then dials anew.
 */
export function watchLine(door: HubDoor): () => void {
  let stopped = false;
  const beat = async () => {
    if (stopped) return;
    if (door.state === "open") {
      const answered = door.client.me.whoami().then(
        () => true,
        () => true,
      );
      const silent = new Promise<boolean>((tell) => setTimeout(() => tell(false), silenceMs));
      if (!(await Promise.race([answered, silent]))) redial();
    }
    if (!isStopped()) setTimeout(() => void beat(), heartbeatMs);
  };
  const isStopped = () => stopped;
  void beat();
  return () => {
    stopped = true;
  };
}

/** The socket of the present line, so that a dead one can be let go. One page, one door, one socket. */
let present: WebSocket | undefined;
let letGo: (() => void) | undefined;

function redial(): void {
  present?.close();
  // Closing a dead socket waits for an answer that never comes; the line is over now.
  letGo?.();
}

const dialHub =
  (path: string): Dial =>
  ({ opened, lost }) => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${path}`);
    let wasOpen = false;
    let over = false;
    // Before the link hears of it: the link fails its requests in its own words, which would look like faults of the hub.
    socket.addEventListener("close", (event) => end(event));
    const line = lineOver<object>(new RPCLink({ websocket: speakable(socket) }));
    const end = (event?: Event) => {
      if (over) return;
      over = true;
      line.cut();
      // The browser may be wrong about the network: the hub would go on seeing somebody at a line that nobody reads.
      socket.close();
      removeEventListener("offline", end);
      if (event instanceof CloseEvent && event.code === signedOutCode) lost("forbidden");
      else if (wasOpen) lost("gone");
      else void whyRefused().then(lost);
    };
    present = socket;
    letGo = end;
    socket.addEventListener("open", () => {
      wasOpen = true;
      opened(line);
    });
    addEventListener("offline", end);
    return {
      retry: true,
      close: () => {
        over = true;
        removeEventListener("offline", end);
        socket.close();
        line.cut();
      },
    };
  };

/**
 * A browser does not say why a socket did not open. If the hub answers a plain request it is there, and it was this
 * window that it would not have: nobody is signed in.
 */
async function whyRefused(): Promise<"gone" | "forbidden"> {
  try {
    const answer = await fetch("/api/health", { cache: "no-store" });
    return answer.ok ? "forbidden" : "gone";
  } catch {
    return "gone";
  }
}

/** Whether the people of this hub are those of the demonstration. */
export async function isDemo(): Promise<boolean> {
  try {
    const answer: unknown = await (await fetch("/api/health", { cache: "no-store" })).json();
    return typeof answer === "object" && answer !== null && "demo" in answer && answer.demo === true;
  } catch {
    return false;
  }
}

export interface Person {
  readonly name: string;
  readonly role: string;
}

export type SignedIn =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly why: FaultCode | "away" };

/** What follows the password: a code. `uri`: to be shown as a picture to somebody who has no authenticator yet. */
export interface NextStep {
  readonly step: string;
  readonly enrol?: { readonly uri: string; readonly secret: string };
}
export type PasswordTaken =
  { readonly ok: true; readonly next: NextStep } | { readonly ok: false; readonly why: FaultCode | "away" };

export type InvitationTaken = { readonly ok: true } | { readonly ok: false; readonly why: FaultCode | "away" };

export async function enterPassword(account: string, password: string): Promise<PasswordTaken> {
  const answer = await asked("/api/sign-in", { account, password });
  if (!answer.ok) return answer;
  const { body } = answer;
  const enrol = { uri: textIn(body, "uri"), secret: textIn(body, "secret") };
  const step = textIn(body, "step");
  return { ok: true, next: textIn(body, "need") === "enrol" ? { step, enrol } : { step } };
}

/** Spends the code of an invitation on a password of one's own; signing in comes after it. */
export async function takeInvitation(account: string, code: string, password: string): Promise<InvitationTaken> {
  const answer = await asked("/api/invited", { account, code, password });
  return answer.ok ? { ok: true } : answer;
}

export async function enterCode(step: string, code: string): Promise<SignedIn> {
  const answer = await asked("/api/sign-in/code", { step, code });
  if (!answer.ok) return answer;
  return { ok: true, person: { name: textIn(answer.body, "name"), role: textIn(answer.body, "role") } };
}

async function asked(
  path: string,
  what: object,
): Promise<{ readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly why: FaultCode | "away" }> {
  try {
    const answer = await post(path, what);
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return { ok: true, body };
    return { ok: false, why: codeIn(body) ?? (answer.status === 401 ? "account.wrong" : "wire.internal") };
  } catch {
    return { ok: false, why: "away" };
  }
}

/** Turns a code that was read out into a seat in one call. */
export async function enterFamily(
  code: string,
): Promise<{ readonly ok: true; readonly call: string } | { readonly ok: false; readonly why: FaultCode | "away" }> {
  const answer = await asked("/api/family", { code });
  return answer.ok ? { ok: true, call: textIn(answer.body, "call") } : answer;
}

/** Ends the session at the hub. Without a line it only ends here; the hub's session is short. */
export async function signOut(): Promise<void> {
  await post("/api/sign-out", {}).catch(() => undefined);
}

const post = (path: string, body: object) =>
  fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
  });

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null && name in body
    ? (body as Record<string, unknown>)[name]
    : undefined;
}

function textIn(body: unknown, name: string): string {
  const value = field(body, name);
  return typeof value === "string" ? value : "";
}

function codeIn(body: unknown): FaultCode | undefined {
  const code = textIn(body, "code");
  return isFaultCode(code) ? code : undefined;
}

function after(ms: number, wake: () => void): () => void {
  const timer = setTimeout(wake, ms);
  return () => clearTimeout(timer);
}
