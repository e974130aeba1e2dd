import { expect, test } from "vitest";
import { decideRestart, unstarted, type RestartInput } from "../../../renderer/consult/restart-rules.ts";

type Kind = RestartInput["kind"];

/** What the station does, second by second, when these things happen; a tick comes every second. */
function run(
  untilSeconds: number,
  happenings: Readonly<Record<number, readonly Kind[]>>,
  media: (second: number) => boolean,
) {
  let state = unstarted;
  const done: string[] = [];
  for (let second = 0; second <= untilSeconds; second += 1) {
    const kinds = [...(happenings[second] ?? []), ...(media(second) ? (["media"] as const) : []), "tick" as const];
    for (const kind of kinds) {
      const step = decideRestart(state, { kind, at: second * 1_000 });
      state = step.state;
      if (step.effect === "none") continue;
      done.push(`${second} ${step.effect}`);
      if (step.effect === "renew") state = decideRestart(state, { kind: "renewed", at: second * 1_000 }).state;
    }
  }
  return done;
}

const always = () => true;
const never = () => false;

test("every healed socket loss restarts ICE, although media flows", () => {
  expect(run(40, { 5: ["healed"], 20: ["healed"] }, always)).toEqual(["5 restartIce", "20 restartIce"]);
});

test("a failed connection restarts ICE", () => {
  expect(run(12, { 3: ["failed"] }, (second) => second > 4)).toEqual(["3 restartIce"]);
});

test("two wishes within six seconds are two restarts six seconds apart", () => {
  expect(run(30, { 3: ["failed"], 5: ["healed", "healed"] }, always)).toEqual(["3 restartIce", "9 restartIce"]);
});

test("no media ten seconds after a restart: a new connection, which gets twenty seconds, then forty", () => {
  expect(run(120, { 0: ["healed"] }, never)).toEqual(["0 restartIce", "10 renew", "30 renew", "70 renew", "110 renew"]);
});

test("media that comes after the restart ends the wait", () => {
  expect(run(60, { 0: ["failed"] }, (second) => second >= 8)).toEqual(["0 restartIce"]);
});

test("media that stopped before the ten seconds were over does not count", () => {
  expect(run(15, { 0: ["failed"] }, (second) => second < 4)).toEqual(["0 restartIce", "10 renew"]);
});

test("a page that hears no offer for ten seconds says that it is there", () => {
  expect(run(12, { 0: ["opened"] }, never)).toEqual(["10 renew"]);
});

test("after a renewal that worked the next one waits twenty seconds again", () => {
  const media = (second: number) => second >= 15 && second < 40;
  expect(run(72, { 0: ["failed"], 41: ["failed"] }, media)).toEqual([
    "0 restartIce",
    "10 renew",
    "41 restartIce",
    "51 renew",
    "71 renew",
  ]);
});
