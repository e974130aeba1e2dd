import { afterEach, expect, test } from "vitest";
import { DownLeg } from "../../../hub/rooms/werift/down-leg.ts";
import { UpLeg } from "../../../hub/rooms/werift/up-leg.ts";

const open: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(leg: T): T => {
  open.push(leg);
  return leg;
};
const downLeg = () => keep(new DownLeg(1, { connected: () => undefined, needsKeyFrame: () => undefined }));
const upLeg = () => keep(new UpLeg(1, { connected: () => undefined, packet: () => undefined }));

afterEach(async () => {
  await Promise.all(open.splice(0).map((leg) => leg.close()));
});

/** The extensions' numbers of an offer, each with every name it is given. */
function numbersIn(sdp: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, id = "", uri = ""] of sdp.matchAll(/^a=extmap:(\d+) (\S+)/gm))
    found.set(id, (found.get(id) ?? new Set()).add(uri));
  return found;
}

test("a leg that opens while another is being described does not renumber it", async () => {
  const alone = numbersIn(await downLeg().offer());
  const first = downLeg();
  upLeg();
  expect(numbersIn(await first.offer())).toEqual(alone);
  expect([...alone.values()].map((names) => names.size)).toEqual([1, 1]);
});
