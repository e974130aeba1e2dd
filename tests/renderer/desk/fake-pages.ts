import { implement } from "@orpc/server";
import type { History, InCare } from "../../../core/contract/hub-history.ts";
import { dayMs } from "../../../core/care/hours.ts";
import { openPlan, type Plan } from "../../../core/care/plan.ts";
import type { Contract } from "../../../core/care/contract.ts";
import type { Owner } from "../../../core/care/tasks.ts";
import type { Pair } from "../../../core/contract/hub-person.ts";
import { hubContract } from "../../../core/contract/hub.ts";
import type { Overview } from "../../../core/contract/hub-overview.ts";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import type { BreakingView } from "../../../core/contract/hub-record.ts";
import type { HubClient } from "../../../renderer/desk/hub.ts";
import { fakeContracts } from "./fake-contracts.ts";
import { specimenSignature } from "./fake-work.ts";
import { Followed } from "./followed.ts";

type Records = Awaited<ReturnType<HubClient["resident"]["records"]>>;
type DangerMove = Parameters<HubClient["danger"]["move"]>[0];

export interface PagesStart {
  readonly me: { readonly id: string; readonly name: string };
  /** Where plans are signed. */
  readonly practice?: Pick<Owner, "org" | "tier">;
  readonly alike?: readonly Pair[];
  readonly overview?: Overview;
  readonly broken?: readonly BreakingView[];
  readonly inCare?: readonly InCare[];
  readonly records?: Partial<Records>;
  readonly history?: History;
  readonly colleagues?: readonly Colleague[];
  readonly contracts?: readonly Contract[];
}

/** What auditor, administrator and the resident's page ask of the hub: lists that a test gives and looks at afterwards. */
export function fakePages(start: PagesStart) {
  const hub = implement(hubContract).$context<object>();
  const broken = new Followed<readonly BreakingView[]>(start.broken ?? []);
  const moved: DangerMove[] = [];
  const records: Records = {
    prescriptions: [],
    referrals: [],
    followUps: [],
    dangers: [],
    plans: [],
    ...start.records,
    messages: [...(start.records?.messages ?? [])],
  };
  const own: Owner = { ...(start.practice ?? { org: "township", tier: "township" }), person: start.me.id };
  const plans = new Followed<readonly Plan[]>(records.plans);
  const alike = new Followed<readonly Pair[]>(start.alike ?? []);
  const reset: string[] = [];
  const putPlan = (plan: Plan): Plan => {
    plans.set([...plans.get().filter(({ id }) => id !== plan.id), plan]);
    return plan;
  };
  const planOf = (id: string): Plan | undefined => plans.get().find((one) => one.id === id);
  const contracts = fakeContracts(start.contracts ?? []);
  const router = {
    contract: contracts.router,
    plan: {
      draft: hub.plan.draft.handler(
        ({ input }) => planOf(input.id) ?? putPlan(openPlan({ ...input, doctor: own }, Date.now())),
      ),
      change: hub.plan.change.handler(({ input, errors }) => {
        const there = planOf(input.id);
        if (there?.state !== "drafted") throw errors.FAULT({ data: { code: "care.notNow" } });
        return putPlan({ ...there, ...input });
      }),
      approve: hub.plan.approve.handler(({ input: { id }, errors }) => {
        const there = planOf(id);
        if (there?.state !== "drafted") throw errors.FAULT({ data: { code: "care.notNow" } });
        for (const one of plans.get())
          if (one.state === "approved") putPlan({ ...one, state: "closed", replacedBy: id });
        const signature = specimenSignature("carePlan", start.me.name);
        return putPlan({ ...there, state: "approved", since: Date.now(), signature });
      }),
      review: hub.plan.review.handler(({ input: { id, reached, again, reason }, errors }) => {
        const there = planOf(id);
        if (!there) throw errors.FAULT({ data: { code: "care.unknown" } });
        const held = { at: Date.now(), by: start.me.id, reached, ...(reason === undefined ? {} : { reason }) };
        const reviews = [...there.reviews, held];
        return putPlan({ ...there, reviews, ...(again === undefined ? { state: "closed" as const } : { again }) });
      }),
    },
    person: {
      alike: hub.person.alike.handler(async function* ({ signal }) {
        for await (const all of alike.feed(signal)) yield [...all];
      }),
    },
    overview: {
      watch: hub.overview.watch.handler(async function* () {
        yield await Promise.resolve(
          start.overview ?? {
            tasks: { open: 0, late: 0, oldest: [] },
            contracts: { residents: 0, active: 0, asked: 0 },
            duty: [],
          },
        );
      }),
    },
    record: {
      broken: hub.record.broken.handler(async function* ({ signal }) {
        for await (const all of broken.feed(signal)) yield [...all];
      }),
      review: hub.record.review.handler(({ input: { id, finding, note } }) => {
        const review = { breaking: id, by: start.me, finding, note, at: new Date().toISOString() };
        broken.set(broken.get().map((one) => (one.id === id ? { ...one, review } : one)));
        return review;
      }),
    },
    resident: {
      list: hub.resident.list.handler(() => [...(start.inCare ?? [])]),
      records: hub.resident.records.handler(() => ({ ...records, plans: [...plans.get()] })),
      tell: hub.resident.tell.handler(({ input }) => {
        const message = { ...input, from: { name: start.me.name }, at: new Date().toISOString() };
        records.messages.push({ message });
        return message;
      }),
      history: hub.resident.history.handler(() => start.history ?? { visits: [], calls: [], opinions: [] }),
    },
    talk: {
      about: hub.talk.about.handler(({ input: { id } }) => ({
        id,
        station: "station",
        resident: "r",
        from: { name: "林若水", org: "township" },
        at: new Date(Date.now() - 8 * dayMs).toISOString(),
        sentences: [{ key: "loop.say.recordOpened" as const, params: { reason: "胸痛，当班只有我一人。" } }],
        worse: ["loop.worse.emergency" as const],
      })),
    },
    danger: {
      move: hub.danger.move.handler(({ input, errors }) => {
        moved.push(input);
        const there = records.dangers.find(({ id }) => id === input.id);
        if (!there) throw errors.FAULT({ data: { code: "care.unknown" } });
        return there;
      }),
    },
    people: {
      colleagues: hub.people.colleagues.handler(async function* () {
        yield await Promise.resolve([...(start.colleagues ?? [])]);
      }),
      resetFactor: hub.people.resetFactor.handler(({ input: { account }, errors }) => {
        if (account !== "li") throw errors.FAULT({ data: { code: "account.unknown" } });
        reset.push(account);
        return {};
      }),
    },
  };
  return { router, broken, moved, plans, reset, messages: records.messages };
}
export type FakePages = ReturnType<typeof fakePages>;
