import type { FastifyInstance } from "fastify";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { isGoodPassword } from "../../core/domain/directory.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log.ts";
import type { StaffStore } from "../ports/staff.ts";
import { BackOff } from "./back-off.ts";
import { codeHash } from "./codes.ts";
import { hashPassword } from "./passwords.ts";
import { refuse } from "./sign-in.ts";

export interface InvitedParts {
  readonly clock: Clock;
  readonly staff: Pick<StaffStore, "accept">;
  readonly log: Logger;
  /** Who there is has changed. */
  readonly changed: () => void;
}

const invitedSchema = z.strictObject({
  account: z.string().trim().min(1).max(64),
  code: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});

/**
 * Who was invited chooses a password: `POST /api/invited`. The code is spent by it, once; signing in comes after it, with the second
 * factor that is enrolled then. Refusals: `account.invitation` whatever is wrong with account or code, `account.password`,
 * `account.tooMany`.
 */
export function addInvited(app: FastifyInstance, { clock, staff, log, changed }: InvitedParts): void {
  const tries = new BackOff(clock);
  app.post("/api/invited", async (request, reply) => {
    const typed = invitedSchema.safeParse(request.body);
    if (!typed.success) return refuse(reply, 400, "wire.badInput");
    const { account, code, password } = typed.data;
    if (!isGoodPassword(password, account)) return refuse(reply, 409, "account.password");
    if (!tries.begin(request.ip)) {
      log.warn("invitationSlowed", { address: request.ip });
      return refuse(reply, 429, "account.tooMany");
    }
    const entryOf = ({ id, role }: { readonly id: string; readonly role: string }) => ({
      id: uuidv7(),
      type: "account.joined" as const,
      actor: { role, id },
      subject: null,
      visit: null,
      body: { account },
    });
    const hash = await hashPassword(password);
    if (!(await staff.accept(account, codeHash(code), clock.now(), hash, entryOf))) {
      log.warn("invitationRefused", { address: request.ip });
      return refuse(reply, 409, "account.invitation");
    }
    tries.succeeded(request.ip);
    changed();
    return {};
  });
}
