import { implement } from "@orpc/server";
import type { History, InCare } from "../../../core/contract/hub-history.ts";
import { hubContract } from "../../../core/contract/hub.ts";
import type { Overview } from "../../../core/contract/hub-overview.ts";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import type { BreakingView } from "../../../core/contract/hub-record.ts";
import type { HubClient } from "../../../renderer/desk/hub.ts";
import { Followed } from "./followed.ts";

type Records = Awaited<ReturnType<HubClient["resident"]["records"]>>;
type DangerMove = Parameters<HubClient["danger"]["move"]>[0];

export interface PagesStart {
  readonly me: { readonly id: string; readonly name: string };
  readonly overview?: Overview;
  readonly broken?: readonly BreakingView[];
  readonly inCare?: readonly InCare[];
  readonly records?: Partial<Records>;
  readonly history?: History;
  readonly colleagues?: readonly Colleague[];
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
    messages: [],
    ...start.records,
  };
  const router = {
    overview: {
      watch: hub.overview.watch.handler(async function* () {
        yield await Promise.resolve(start.overview ?? { tasks: { open: 0, late: 0, oldest: [] }, duty: [] });
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
      records: hub.resident.records.handler(() => records),
      history: hub.resident.history.handler(() => start.history ?? { visits: [], calls: [], opinions: [] }),
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
    },
  };
  return { router, broken, moved };
}
export type FakePages = ReturnType<typeof fakePages>;
