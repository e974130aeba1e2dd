import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createPublicKey } from "node:crypto";
import fastifyStatic from "@fastify/static";
import Fastify, { type FastifyInstance } from "fastify";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { FaultCode } from "../../core/domain/faults.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log.ts";
import type { Account, Directory } from "../ports/directory.ts";
import type { RecordStore } from "../ports/records.ts";
import { BackOff } from "./back-off.ts";
import { codeHash } from "./codes.ts";
import { shedHalfOpen } from "./half-open.ts";
import type { SecondFactors } from "./second-factor.ts";
import type { Sessions } from "./sessions.ts";
import { addFamily, type FamilyParts } from "./family.ts";
import { addInvited, type InvitedParts } from "./invited.ts";
import { addSignIn, refuse } from "./sign-in.ts";

export interface HttpParts {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly records: RecordStore;
  readonly sessions: Sessions;
  readonly factors: SecondFactors;
  readonly log: Logger;
  readonly demo: boolean;
  /** Folder with `index.html` and `assets/`, or one whose `desk/index.html` and `assets/` are meant. */
  readonly deskFolder: string | undefined;
  /** Behind TLS: the cookie is then only sent over it. */
  readonly secure: boolean;
  readonly isOwnOrigin: (origin: string) => boolean;
  /** A session has ended: its sockets go, and what was unlocked in it. */
  readonly signedOut: (sessionHash: string) => void;
  readonly invited: Pick<InvitedParts, "staff" | "changed">;
  readonly family: Pick<FamilyParts, "guests" | "store">;
}

const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), serial=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

const enrolSchema = z.strictObject({
  code: z.string().min(1).max(64),
  station: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9_.-]+$/),
  name: z.string().trim().min(1).max(100),
  place: z.string().trim().max(200),
  publicKey: z.string().refine(isPublicKey, "not an Ed25519 key"),
});

function isPublicKey(x: string): boolean {
  try {
    createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return true;
  } catch {
    return false;
  }
}

/** What comes in thousands is told with its count, once in a while. */
function toldEvery(clock: Clock, tell: (count: number) => void): () => void {
  const everyMs = 10_000;
  let count = 0;
  let toldAt = -everyMs;
  return () => {
    count += 1;
    if (clock.monotonic() - toldAt < everyMs) return;
    tell(count);
    count = 0;
    toldAt = clock.monotonic();
  };
}

/** Pages, sign-in and enrolment. Everything else goes over `/wire`. */
export async function createHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { clock, directory, records, log } = parts;
  const app = Fastify({ logger: false, bodyLimit: 16_384, forceCloseConnections: true, requestTimeout: 30_000 });
  const enrolments = new BackOff(clock);
  shedHalfOpen(
    app.server,
    toldEvery(clock, (count) => log.warn("halfOpenShed", { count })),
  );

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
    const { origin } = request.headers;
    if (request.method !== "GET" && origin !== undefined && !parts.isOwnOrigin(origin))
      await refuse(reply, 403, "wire.forbidden");
  });
  app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error("requestFailed", { stack: error.stack });
    return refuse(reply, status, status >= 500 ? "wire.internal" : "wire.badInput");
  });

  const journal = (type: "account.signedIn" | "account.refused", account: Account | undefined, code?: FaultCode) => {
    const actor = { role: account?.role ?? "unknown", id: account?.id ?? "unknown" };
    const about = { id: uuidv7(), actor, subject: null, visit: null };
    // What was typed for an account that is not there may be a password in the wrong box: it is not kept.
    const name = account?.account ?? "unknown";
    return records.append([
      type === "account.signedIn"
        ? { ...about, type, body: { account: name } }
        : { ...about, type, body: { account: name, code: code ?? "account.wrong" } },
    ]);
  };

  app.get("/api/health", async () => ({
    ok: true,
    hub: records.hub,
    now: instant(clock.now()),
    // Whether its people are invented: the page says then how to sign in as one of them.
    ...(parts.demo ? { demo: true } : {}),
  }));

  addSignIn(app, {
    ...parts,
    told: (account, refusal) =>
      refusal === undefined ? journal("account.signedIn", account) : journal("account.refused", account, refusal),
  });

  addInvited(app, { ...parts, ...parts.invited });

  addFamily(app, { ...parts, ...parts.family });

  app.post("/api/enrol", async (request, reply) => {
    const asked = enrolSchema.safeParse(request.body);
    if (!asked.success) return refuse(reply, 400, "wire.badInput");
    if (!enrolments.begin(request.ip)) return refuse(reply, 429, "account.tooMany");
    const { code, station: id, name, place, publicKey } = asked.data;
    const enrolled = await directory.enrol(codeHash(code), { id, name, place, publicKey }, clock.now());
    if (enrolled === "badCode") {
      log.warn("enrolRefused", { address: request.ip });
      return refuse(reply, 409, "station.enrolCode");
    }
    enrolments.succeeded(request.ip);
    if (enrolled === "enrolled") {
      await records.append([
        {
          id: uuidv7(),
          type: "station.enrolled",
          actor: { role: "station", id },
          subject: null,
          visit: null,
          body: { station: id, hub: records.hub, publicKey },
        },
      ]);
      log.info("stationEnrolled", { station: id });
      parts.invited.changed();
    }
    return { hub: records.hub, hubPublicKey: records.publicKey };
  });

  await servePages(app, parts.deskFolder);
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, "wire.badInput"));
  return app;
}

/** The folder with the desk's `index.html`: the one named, or `desk/` in it. */
export function deskPage(folder: string): string | undefined {
  return [resolve(folder), resolve(folder, "desk")].find((one) => existsSync(join(one, "index.html")));
}

/**
 * The desk page at `/`, that of relatives at `/family/`, their assets at `/assets/`. Only built files with hashed names may be
 * kept by browsers.
 */
async function servePages(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  const page = deskPage(folder);
  if (page === undefined) throw new Error(`no index.html in ${folder}`);
  const assets = [join(page, "assets"), join(page, "..", "assets")].find((one) => existsSync(one));
  await app.register(fastifyStatic, { root: page, serve: false });
  app.get("/", (_request, reply) =>
    reply.header("cache-control", "no-cache").sendFile("index.html", { cacheControl: false }),
  );
  const family = join(page, "..", "family");
  if (existsSync(join(family, "index.html"))) {
    app.get("/family", (_request, reply) => reply.redirect("/family/"));
    app.get("/family/", (_request, reply) =>
      reply.header("cache-control", "no-cache").sendFile("index.html", family, { cacheControl: false }),
    );
  }
  if (assets !== undefined) {
    await app.register(fastifyStatic, {
      root: assets,
      prefix: "/assets/",
      decorateReply: false,
      index: false,
      immutable: true,
      maxAge: "365d",
    });
  }
}
