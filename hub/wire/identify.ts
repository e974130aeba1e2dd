import type { IncomingMessage } from "node:http";
import { decodeJwt, importJWK, jwtVerify } from "jose";
import type { Clock } from "../../core/domain/time.ts";
import type { Who } from "../api/context.ts";
import { guestCookie, sessionCookie, tokenIn, type Sessions } from "../http/sessions.ts";
import type { Directory } from "../ports/directory.ts";

/** A station's token may live this long. */
const tokenSeconds = 60;
/** A village clock may be off by this much; `/api/health` and the Date header tell a station the hub's time. */
const toleranceSeconds = 30;

export interface Identity {
  readonly who: Who;
  /** Hash of the session, for people. */
  readonly session?: string;
}

/** Where a socket may be asked for: everybody's, and that of relatives, whose cookie goes nowhere else. */
export const wires = { all: "/wire", family: "/family/wire" } as const;

export interface IdentifyParts {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly isOwnOrigin: (origin: string) => boolean;
}

/**
 * Who asks for a socket, or undefined. A page must come from the hub's own origin with a session; a station brings a token
 * signed with its own enrolled key (EdDSA, `iss` its id, `aud` "hub", `iat` and `exp` at most 60 s apart).
 */
export async function identify(request: IncomingMessage, parts: IdentifyParts): Promise<Identity | undefined> {
  const { origin, authorization, cookie } = request.headers;
  if (origin !== undefined && !parts.isOwnOrigin(origin)) return undefined;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
    return token === undefined ? undefined : identifyStation(token, parts);
  }
  const isFamily = new URL(request.url ?? "/", "http://hub").pathname === wires.family;
  const token = tokenIn(cookie, isFamily ? guestCookie : sessionCookie);
  // A browser always says where a page came from; who does not is no page.
  if (token === undefined || origin === undefined) return undefined;
  const session = await parts.sessions.find(token);
  // Neither cookie opens the other's door.
  if (!session || (session.account.role === "family") !== isFamily) return undefined;
  const { id, name, role } = session.account;
  return { who: { role, id, name, line: `person:${id}`, session: session.hash }, session: session.hash };
}

async function identifyStation(token: string, { clock, directory }: IdentifyParts): Promise<Identity | undefined> {
  try {
    const { iss } = decodeJwt(token);
    const station = iss === undefined ? undefined : await directory.station(iss);
    if (!station) return undefined;
    const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: station.publicKey }, "EdDSA");
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["EdDSA"],
      issuer: station.id,
      audience: "hub",
      requiredClaims: ["exp", "iat"],
      maxTokenAge: tokenSeconds,
      clockTolerance: toleranceSeconds,
      currentDate: new Date(clock.now()),
    });
    if ((payload.exp ?? Infinity) - (payload.iat ?? 0) > tokenSeconds) return undefined;
    return { who: { role: "station", id: station.id, name: station.name, line: `station:${station.id}` } };
  } catch {
    // jose throws on every token that is not good; why does not matter to who sent it.
    return undefined;
  }
}
