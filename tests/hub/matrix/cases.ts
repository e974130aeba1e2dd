import { v7 as uuidv7 } from "uuid";
import type { hubContract } from "../../../core/contract/hub.ts";
import { Saying } from "../../../core/contract/saying.ts";
import type { Operation } from "../../../core/rights.ts";
import { sha256 } from "../../../hub/store/secrets.ts";
import { careCases } from "./care-cases.ts";
import { contractCases } from "./contract-cases.ts";
import { directoryCases } from "./directory-cases.ts";
import { personCases } from "./person-cases.ts";
import { plain, theCase, type Case, type SomeCase } from "./case.ts";
import type { Party, World } from "./world.ts";

/** What is asked through the hub's door. A new one without a case does not compile. */
export type HubOperation = Extract<Operation, `${keyof typeof hubContract}.${string}`>;

const notYours = "consult.notYours";
const ended = "consult.ended";

interface Talk {
  readonly call: string;
  /** Good for the one `in`: stolen by the one `out`. */
  readonly ticket: string;
  /** The one `in`. */
  readonly insider: string;
}
const noTalk = (): Talk => ({ call: uuidv7(), ticket: "guess", insider: uuidv7() });
const runs = async (world: World, { call }: Pick<Talk, "call">) =>
  ["ringing", "active"].includes((await world.call(call)).state);

/** Asked of a running call: those in it may, everybody else is told that it is not theirs, and the call is as it was. */
const ofTalk = (
  ask: (party: Party, talk: Talk) => Promise<unknown>,
  more: Partial<Pick<Case<Talk>, "in" | "ofGone">> & { readonly mode?: "stored" } = {},
): SomeCase => {
  const { mode, ...given } = more;
  return theCase<Talk>({
    made: async (world, role) => {
      const call = await world.talk(role, mode);
      const insider = world.party(role, "in").id;
      return { call: call.id, ticket: world.ticket(call, insider), insider };
    },
    gone: noTalk,
    ask,
    out: notYours,
    ofGone: ended,
    untouched: async (world, talk) => mode === "stored" || runs(world, talk),
    ...given,
  });
};

const seat = (call: string) => ({ call, seat: "guess" });
const alarmAt = (alarm: string) => ({ alarm, visit: "v", reason: "asked", at: "2026-03-02T08:00:00.000Z" }) as const;
const raised = async (world: World) => {
  const alarm = uuidv7();
  await world.parts.alarms.raise(world.party("station", "in").id, alarmAt(alarm));
  return alarm;
};
const gravelyRaised = async (world: World) => {
  const alarm = uuidv7();
  const at = { ...alarmAt(alarm), reason: "result" } as const;
  await world.parts.alarms.raise(world.party("station", "in").id, at);
  return alarm;
};
const stands = async (world: World, alarm: string) =>
  world.parts.alarms.open().some((one) => one.alarm === alarm && one.station.id === world.party("station", "in").id);

interface Piece {
  readonly blob: string;
}
const ofBlob = (ask: (party: Party, piece: Piece) => Promise<unknown>, whole: boolean): SomeCase =>
  theCase<Piece>({
    made: async (world, role) => {
      const { id } = await world.talk(role);
      return { blob: await world.blob(id, world.party(role, "in").id, whole) };
    },
    gone: () => ({ blob: uuidv7() }),
    ask,
    out: "blob.unknown",
    ofGone: "blob.unknown",
  });

const waitingFor = (kind: "accept" | "decline") =>
  theCase<{ readonly call: string }>({
    made: async (world, role) => {
      if (role !== "villageDoctor") return { call: (await world.waiting()).id };
      return { call: (await world.guest((await world.talk("doctor")).id, false)).id };
    },
    gone: () => ({ call: uuidv7() }),
    ask: ({ client }, { call }) => client.call[kind]({ call }),
    out: (role) => (role === "villageDoctor" ? notYours : "ok"),
    // Who may take nothing out of the queue is told no before it is looked for.
    ofGone: (role) => (kind === "accept" && role === "villageDoctor" ? notYours : ended),
    untouched: async (world, { call }) => ["waiting", "ringing"].includes((await world.call(call)).state),
  });

export const cases: Readonly<Record<HubOperation, SomeCase>> = {
  ...careCases,
  ...contractCases,
  ...personCases,
  ...directoryCases,
  "journal.ship": theCase<Party>({
    made: async (world) => world.party("station", "in"),
    // Another's head, signed by that other: of the wrong chain.
    ask: ({ client }, { station }) => {
      if (!station) throw new Error("no station");
      return client.journal.ship({ ...station.shipment(), entries: [] });
    },
    out: "store.broken",
  }),
  "journal.held": theCase<Party>({
    made: async (world) => world.party("station", "in"),
    ask: ({ client }) => client.journal.held(),
    shows: ({ station }) => station?.head.hash ?? "",
  }),
  "journal.inbox": theCase<string>({
    made: async (world) => (await world.waiting()).id,
    ask: async ({ client }) => client.journal.inbox({ after: 0 }),
  }),
  "journal.withheld": plain(({ client }) => client.journal.withheld({ after: 0 })),
  "journal.reveal": theCase<Party>({
    made: async (world) => world.party("station", "in"),
    ask: ({ client }, { station }) => client.journal.reveal({ entries: [...(station?.journal ?? [])] }),
    out: "store.broken",
    // No question of rights: nothing of the kind was withheld by this station.
    written: false,
  }),
  "alarm.raise": theCase<string>({
    made: raised,
    ask: ({ client }, alarm) => client.alarm.raise(alarmAt(alarm)),
    untouched: stands,
  }),
  "alarm.over": theCase<string>({
    made: raised,
    ask: ({ client }, alarm) => client.alarm.over({ alarm }),
    untouched: stands,
  }),
  "alarm.watch": plain(({ client }) => client.alarm.watch()),
  "alarm.answer": theCase<string>({
    made: raised,
    gone: uuidv7,
    ask: ({ client }, alarm) => client.alarm.answer({ alarm }),
  }),
  "queue.join": theCase<string>({
    made: async (world) => (await world.waiting()).id,
    gone: uuidv7,
    ask: ({ client }, call) => client.queue.join({ call, visit: "v", shownName: "S", severity: 0 }),
    out: ended,
    ofGone: "ok",
    untouched: async (world, call) => (await world.call(call)).station?.id === world.party("station", "in").id,
  }),
  "queue.leave": theCase<string>({
    made: async (world) => (await world.waiting()).id,
    gone: uuidv7,
    ask: ({ client }, call) => client.queue.leave({ call }),
    // There is nothing to leave; that it was tried is written down.
    out: "ok",
    written: true,
    untouched: async (world, call) => (await world.call(call)).state === "waiting",
  }),
  "queue.watch": plain(({ client }) => client.queue.watch()),
  "call.accept": waitingFor("accept"),
  "call.decline": waitingFor("decline"),
  "call.watch": ofTalk(({ client }, { call }) => client.call.watch({ call })),
  "call.ticket": ofTalk(({ client }, { call }) => client.call.ticket({ call })),
  "call.talk": ofTalk(({ client }, { call, ticket }) =>
    client.call.talk(new Saying(call).over({ call, ticket, after: 0 })),
  ),
  "call.mediaUp": ofTalk(({ client }, { call }) => client.call.mediaUp({ call })),
  "call.hangUp": ofTalk(({ client }, { call }) => client.call.hangUp({ call }), { ofGone: "ok" }),
  "call.leave": ofTalk(({ client }, { call }) => client.call.leave({ call }), { ofGone: "ok" }),
  "call.mute": ofTalk(({ client }, { call, insider }) => client.call.mute({ call, participant: insider, muted: true })),
  // Nobody's picture has come: nobody can have heard a yes.
  "call.heardYes": ofTalk(({ client }, { call }) => client.call.heardYes({ call, ask: call }), { in: "consult.ended" }),
  "call.invite": ofTalk(({ client }, { call }) => client.call.invite({ call, person: "nobody" }), {
    in: "consult.notInvitable",
  }),
  "call.transfer": ofTalk(({ client }, { call }) => client.call.transfer({ call, to: { person: "nobody" } }), {
    in: "consult.notInvitable",
  }),
  "guest.ask": ofTalk(({ client }, { call }) => client.guest.ask({ call, ask: uuidv7() })),
  "guest.drop": ofTalk(({ client }, { call }) => client.guest.drop({ call, ask: uuidv7() })),
  "guest.pass": ofTalk(({ client }, { call }) => client.guest.pass({ call, ask: uuidv7() }), {
    in: "consent.notGiven",
  }),
  "call.ask": theCase<{ readonly about: string; readonly person: string }>({
    made: async (world, role) => ({
      about: (await world.talk(role === "villageDoctor" ? "doctor" : role)).id,
      person: world.party("pharmacist", "in").id,
    }),
    gone: () => ({ about: uuidv7(), person: uuidv7() }),
    ask: ({ client }, { about, person }) => client.call.ask({ call: uuidv7(), person, about }),
    // A pharmacist is nobody to be called: what counts here is whose call it is about.
    in: "consult.notInvitable",
  }),
  // The talk runs: nobody has hung up.
  "call.ringBack": ofTalk(({ client }, { call }) => client.call.ringBack({ call }), { in: "consult.ended" }),
  "call.ringBacks": plain(({ client }) => client.call.ringBacks()),
  "call.notNow": ofTalk(({ client }, { call }) => client.call.notNow({ call, why: "refused" }), {
    ofGone: "ok",
  }),
  "call.invitations": plain(({ client }) => client.call.invitations()),
  "room.watch": ofTalk(({ client }, { call }) => client.room.watch({ call })),
  "room.signal": ofTalk(
    ({ client }, { call, ticket }) =>
      client.room.signal({
        ...seat(call),
        ticket,
        id: uuidv7(),
        signal: { leg: "down", generation: 1, body: { kind: "ready" } },
      }),
    { in: "room.ended" },
  ),
  "room.signals": ofTalk(({ client }, { call }) => client.room.signals({ ...seat(call), after: 0 }), {
    in: "room.ended",
  }),
  "room.up": ofTalk(({ client }, { call }) => client.room.up({ call, epoch: 0, of: "room" })),
  "room.receive": ofTalk(({ client }, { call }) => client.room.receive({ call, receives: "voice" }), {
    in: (role) => (role === "villageDoctor" ? "ok" : "room.ended"),
  }),
  "room.mute": ofTalk(({ client }, { call }) => client.room.mute({ ...seat(call), muted: true }), {
    in: "room.ended",
  }),
  "room.remove": ofTalk(({ client }, { call }) => client.room.remove(seat(call)), { in: "room.ended" }),
  "work.watch": plain(({ client }) => client.work.watch()),
  "work.take": theCase<string>({
    made: async (world) => (await world.waiting("stored")).id,
    gone: uuidv7,
    ask: ({ client }, call) => client.work.take({ call }),
    ofGone: ended,
  }),
  "work.answer": ofTalk(({ client }, { call }) => client.work.answer({ call }), {
    mode: "stored",
    in: "consult.opinionNeeded",
    ofGone: notYours,
  }),
  "blob.begin": ofTalk(
    ({ client }, { call }) =>
      client.blob.begin({ blob: uuidv7(), call, kind: "still", media: "image/png", bytes: 1, hash: sha256("a") }),
    {},
  ),
  "blob.put": ofBlob(({ client }, { blob }) => client.blob.put({ blob, offset: 0, piece: "YQ==" }), false),
  "blob.state": ofBlob(({ client }, { blob }) => client.blob.state({ blob }), false),
  "blob.get": ofBlob(({ client }, { blob }) => client.blob.get({ blob, offset: 0, length: 1 }), true),
  "blob.heard": ofBlob(({ client }, { blob }) => client.blob.heard({ blob }), true),
  "blob.watch": ofTalk(({ client }, { call }) => client.blob.watch({ call })),
  "visit.watch": ofTalk(({ client }, { call }) => client.visit.watch({ call })),
  "visit.finish": ofTalk(({ client }, { call }) => client.visit.finish({ call }), { ofGone: notYours }),
  "opinion.sign": ofTalk(
    ({ client }, { call }) =>
      client.opinion.sign({
        id: uuidv7(),
        call,
        soap: { subjective: "", objective: "", assessment: "A", plan: "P" },
        sentences: [
          { key: "care.say.pressureHigh", values: {} },
          { key: "care.say.measureAgain", values: { days: 3 } },
          { key: "care.say.worseStroke", values: {} },
        ],
        next: "none",
      }),
    { in: "sign.locked", ofGone: notYours },
  ),
  "joint.draft": ofTalk(
    ({ client }, { call }) => client.joint.draft({ joint: uuidv7(), call, version: 1, assessment: "A", plan: "P" }),
    // Nobody else is in the call to sign it.
    { in: "care.notNow", ofGone: notYours },
  ),
  "joint.sign": ofTalk(({ client }, { call }) => client.joint.sign({ call, joint: uuidv7(), version: 1 }), {
    in: "care.unknown",
    ofGone: notYours,
  }),
  "joint.watch": ofTalk(({ client }, { call }) => client.joint.watch({ call }), { ofGone: notYours }),
  "record.break": theCase<string>({
    made: gravelyRaised,
    gone: uuidv7,
    ask: ({ client }, alarm) => client.record.break({ alarm, reason: "Nobody knows this person" }),
    ofGone: "care.unknown",
  }),
  "record.watch": theCase<string>({
    made: async (world, role) => {
      const alarm = await gravelyRaised(world);
      await world.party(role, "in").client.record.break({ alarm, reason: "Nobody knows this person" });
      return alarm;
    },
    gone: uuidv7,
    ask: ({ client }, alarm) => client.record.watch({ alarm }),
    out: "care.noRelation",
    ofGone: "care.noRelation",
  }),
  "record.mine": theCase<string>({
    made: async (world, role) => {
      const alarm = await gravelyRaised(world);
      await world.party(role, "in").client.record.break({ alarm, reason: "Nobody knows this person" });
      return alarm;
    },
    ask: ({ client }) => client.record.mine(),
    shows: (alarm) => alarm,
  }),
  "record.broken": plain(({ client }) => client.record.broken()),
  "record.review": theCase<string>({
    made: async (world) => {
      const alarm = await gravelyRaised(world);
      const { id } = await world
        .party("doctor", "in")
        .client.record.break({ alarm, reason: "Nobody knows this person" });
      return id;
    },
    gone: uuidv7,
    ask: ({ client }, id) => client.record.review({ id, finding: "justified", note: "" }),
    ofGone: "care.unknown",
  }),
  "signing.state": plain(({ client }) => client.signing.state()),
  "signing.makeKey": plain(({ client }) => client.signing.makeKey({ pin: "84-27-19", code: "000000" }), "sign.wrong"),
  "signing.open": plain(({ client }) => client.signing.open({ pin: "84-27-19", code: "000000" }), "sign.noKey"),
  "signing.shut": plain(({ client }) => client.signing.shut()),
  "me.whoami": theCase<Party>({
    made: async (world, role) => world.party(role, "in"),
    ask: ({ client }) => client.me.whoami(),
    shows: ({ id }) => id,
  }),
  "names.of": theCase<string>({
    made: (world, role) => world.registered(role),
    ask: ({ client }, resident) => client.names.of({ residents: [resident], orgs: [] }),
    shows: (resident) => resident,
  }),
  // Here at the end, as the one before: a contract decides who is asked first to take a call.
  "resident.list": theCase<string>({
    made: (world, role) => world.registered(role),
    ask: ({ client }) => client.resident.list(),
    shows: (resident) => resident,
  }),
  "overview.watch": plain(({ client }) => client.overview.watch()),
  "people.resetFactor": theCase<string>({
    made: async ({ parts }) => {
      const one = { account: uuidv7(), name: "Dr", role: "doctor", passwordHash: "none", demo: false } as const;
      return (await parts.directory.putAccount(one)).account;
    },
    gone: () => "nobody",
    ask: ({ client }, account) => client.people.resetFactor({ account, reason: "phone lost" }),
    ofGone: "account.unknown",
  }),
  "people.colleagues": plain(({ client }) => client.people.colleagues()),
};
