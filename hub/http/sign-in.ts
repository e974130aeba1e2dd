import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { FaultCode } from "../../core/domain/faults.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log.ts";
import type { Account, Directory } from "../ports/directory.ts";
import { freshToken, sha256 } from "../store/secrets.ts";
import { BackOff } from "./back-off.ts";
import { isPassword } from "./passwords.ts";
import { enrolmentUri, type SecondFactors } from "./second-factor.ts";
import { absoluteMs, sessionCookie, tokenIn, type Sessions } from "./sessions.ts";

export interface SignInParts {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly factors: SecondFactors;
  readonly sessions: Sessions;
  readonly log: Logger;
  readonly demo: boolean;
  /** Behind TLS: the cookie is then only sent over it. */
  readonly secure: boolean;
  /** A session has ended: its sockets go, and what was unlocked in it. */
  readonly signedOut: (sessionHash: string) => void;
  readonly told: (account: Account | undefined, refusal?: FaultCode) => Promise<unknown>;
}

const passwordSchema = z.strictObject({ account: z.string().min(1).max(64), password: z.string().min(1).max(256) });
const codeSchema = z.strictObject({
  step: z.string().min(1).max(64),
  code: z
    .string()
    .transform((typed) => typed.replaceAll(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6}$/)),
});

/** Between password and code. */
const stepMs = 5 * 60_000;
const stepsKept = 1_000;

interface Step {
  readonly account: string;
  readonly enrolling: boolean;
  /** By the monotonic clock. */
  readonly until: number;
}

export const refuse = (reply: FastifyReply, status: number, code: FaultCode) => reply.status(status).send({ code });

/**
 * Password first, then a code: `POST /api/sign-in` answers a step, `POST /api/sign-in/code` turns it into a session. Who has no
 * second factor yet is shown a secret with the step, and has one when its first code was right.
 */
export function addSignIn(app: FastifyInstance, parts: SignInParts): void {
  const { clock, directory, factors, sessions, log, demo } = parts;
  const passwords = new BackOff(clock);
  const codes = new BackOff(clock);
  const steps = new Map<string, Step>();

  const newStep = (step: Omit<Step, "until">): string => {
    const token = freshToken();
    steps.set(sha256(token), { ...step, until: clock.monotonic() + stepMs });
    const [oldest] = steps.keys();
    if (steps.size > stepsKept && oldest !== undefined) steps.delete(oldest);
    return token;
  };

  app.post("/api/sign-in", async (request, reply) => {
    const typed = passwordSchema.safeParse(request.body);
    if (!typed.success) return refuse(reply, 400, "wire.badInput");
    const { account: name, password } = typed.data;
    const key = `${request.ip} ${name}`;
    const found = await directory.accountByName(name);
    const account = found && !found.retired && (!found.demo || demo) ? found : undefined;
    if (!passwords.begin(key)) {
      log.warn("signInSlowed", { address: request.ip });
      return refuse(reply, 429, "account.tooMany");
    }
    if (!(await isPassword(password, account?.passwordHash)) || !account) {
      await parts.told(account, "account.wrong");
      log.warn("signInRefused", { address: request.ip });
      return refuse(reply, 401, "account.wrong");
    }
    passwords.succeeded(key);
    const secret = await factors.begin(account.id);
    const step = newStep({ account: account.id, enrolling: secret !== undefined });
    return secret === undefined
      ? { step, need: "code" }
      : { step, need: "enrol", secret, uri: enrolmentUri(secret, account.account) };
  });

  app.post("/api/sign-in/code", async (request, reply) => {
    const typed = codeSchema.safeParse(request.body);
    if (!typed.success) return refuse(reply, 400, "wire.badInput");
    const { step: token, code } = typed.data;
    const hash = sha256(token);
    const step = steps.get(hash);
    const account = step && (await directory.account(step.account));
    if (!step || !account || account.retired || step.until <= clock.monotonic()) {
      steps.delete(hash);
      return refuse(reply, 401, "account.stepOver");
    }
    const key = `${request.ip} ${account.id}`;
    if (!codes.begin(key)) {
      log.warn("signInSlowed", { address: request.ip });
      return refuse(reply, 429, "account.tooMany");
    }
    if (!(await factors.spend(account.id, code, step.enrolling))) {
      await parts.told(account, "account.codeWrong");
      log.warn("signInRefused", { address: request.ip });
      return refuse(reply, 401, "account.codeWrong");
    }
    codes.succeeded(key);
    steps.delete(hash);
    await parts.told(account);
    const { token: cookie, session } = await sessions.open(account);
    reply.header("set-cookie", cookieText(cookie, absoluteMs / 1000, parts.secure));
    return { name: account.name, role: account.role, expiresAt: instant(session.until) };
  });

  app.post("/api/sign-out", async (request, reply) => {
    const token = tokenIn(request.headers.cookie);
    if (token !== undefined) parts.signedOut(await sessions.close(token));
    reply.header("set-cookie", cookieText("", 0, parts.secure));
    return {};
  });
}

const cookieText = (token: string, seconds: number, secure: boolean): string =>
  `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? "; Secure" : ""}`;
