import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { SignalBody } from "../../core/contract/views.ts";
import { sha256 } from "../../hub/store/secrets.ts";
import { codeOf, Town, until, type Line, type PersonParty } from "./parties.ts";
import { say } from "./talk-kit.ts";

/** What is known from the message before must not outlive what ended it: each of these holds from the very next message on. */
let town: Town;
let doctor: PersonParty;
let desk: Line;
let call: string;
let send: () => Promise<unknown>;

const body: SignalBody = { kind: "restart", generation: 0 };

beforeEach(async () => {
  town = await Town.open();
  const kiosk = await (await town.station()).connect();
  doctor = await town.person("li");
  desk = await doctor.connect();
  call = uuidv7();
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
  const { ticket = "" } = await desk.client.call.accept({ call });
  await until(await kiosk.client.call.watch({ call }), (one) => one.ticket !== undefined);
  send = () => say(town, desk, { call, ticket, body });
  await send();
  await send();
});
afterEach(() => town.end());

const actor = { role: "hub", id: "hub" } as const;
const ends: readonly {
  readonly name: string;
  readonly end: () => Promise<unknown>;
  readonly code: string;
}[] = [
  {
    name: "the session is closed",
    end: () => town.hub.parts.directory.closeSession(sha256(doctor.cookie.replace("hub_session=", ""))),
    code: "account.signedOut",
  },
  {
    name: "the account has another role",
    end: () => town.hub.putAccount({ account: "li", name: "Dr li", role: "pharmacist", password: "another" }),
    code: "account.signedOut",
  },
  {
    name: "the doctor has left the call",
    end: () => town.hub.parts.desk.apply(call, { kind: "leave", id: doctor.id }, actor),
    code: "consult.ended",
  },
  {
    name: "the call was given back to the queue",
    end: () => town.hub.parts.desk.apply(call, { kind: "release", id: doctor.id, step: "county" }, actor),
    code: "consult.notYours",
  },
  {
    name: "the call was hung up",
    end: () => town.hub.parts.desk.apply(call, { kind: "hangUp", id: doctor.id }, actor),
    code: "consult.ended",
  },
];

test.each(ends)("$name: the next signal is refused with $code", async ({ end, code }) => {
  await end();
  expect(await codeOf(send())).toBe(code);
});
