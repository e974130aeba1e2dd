import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { MessageLeft } from "../../../core/care/messages.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, toHex } from "../../../drivers/kit/index.ts";
import { openStore } from "../../../station/store/store.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, codeOf, startStation, tempFolder, testKey } from "../fakes/station.ts";
import { aMessage, left, newFolder, storeIn, VisitStory } from "../store/kit.ts";
import { dm, open } from "../visits/kit.ts";

const printer = findProfile("printer-escpos")!;
const port = "/dev/printer";
const another = "018f0000-0000-7000-8000-0000000000a3";
const about = (id = newId()) => ({ kind: "plan", id }) as const;
const tells = (goal: "pressureBelow140" | "noSmoking"): MessageLeft["sentences"] => [
  { key: "loop.say.planNew" },
  { key: "plan.say.goals" },
  { key: `plan.goal.${goal}` },
  { key: "plan.say.tasks" },
  { key: "plan.task.saltBelow5" },
  { key: "plan.say.review", params: { day: "2036-11-30" } },
];
const over: MessageLeft["sentences"] = [{ key: "loop.say.planOver" }];

/** A simulated station with a printer, that heard these things from its hub before it was started. */
async function placeAfter(...entries: readonly NewEntry[]) {
  const folder = tempFolder();
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  await opened.store.append(entries);
  await opened.store.close();
  const [clock, channels] = [new FakeClock(), new FakeChannels()];
  channels.plug(port);
  const settings = { simulated: true, name: "红星村", devices: [{ profile: printer.id, port }] };
  const started = await startStation({ folder, clock, channels, settings });
  const paper = channels.ports.get(port)!;
  simulated(paper, printer, clock, {});
  await clock.advance(2_000);
  const print = async (visit: string, language: "zh-CN" | "en") => {
    paper.sent.length = 0;
    let done = false;
    const call = codeOf(started.client.visit.print({ id: newId(), visit, language })).finally(() => (done = true));
    await advanceUntil(clock, () => done, "paper", 60_000);
    expect(await call).toBeUndefined();
    return [...paper.sent];
  };
  return { ...started, print };
}
const line = (text: string): string => toHex(encode(printer, "line", { text }));

test("the plan comes out on the slip in the bytes of the printer, in both languages, and in the code", async () => {
  const { client, print } = await placeAfter(
    left(aMessage(dm, { about: about(), sentences: tells("pressureBelow140") }), 1),
  );
  const visit = await open(client, dm);
  const sent = await print(visit, "zh-CN");
  const plan = ["医生定的健康计划", "要做到的：", "- 血压降到140和90以下。", "平时要做的："].map(line);
  const at = sent.indexOf(plan[0] ?? "");
  // The title is bold; what follows is plain again.
  expect(sent.slice(at - 1, at + 2)).toEqual([
    toHex(encode(printer, "bold", {})),
    plan[0],
    toHex(encode(printer, "plain", {})),
  ]);
  expect(sent.filter((hex) => plan.includes(hex))).toEqual(plan);
  // GB18030, two bytes a character: 健康计划.
  expect(plan[0]).toContain("bda1bfb5bcc6bbae");
  const english = await print(visit, "en");
  expect(english).toContain(line("Health plan by your doctor"));
  expect(english).toContain(line("- Blood pressure below 140 and"));
  const { text } = await client.visit.code({ id: newId(), visit, language: "zh-CN" });
  expect(text).toContain("- 吃淡一点，每天的盐不超过一啤酒瓶盖。");
});

test.each<[string, (client: Awaited<ReturnType<typeof placeAfter>>["client"]) => Promise<string>, readonly NewEntry[]]>(
  [
    ["a guest", (client) => open(client), []],
    ["somebody else", (client) => open(client, another), []],
    ["a plan that is over", (client) => open(client, dm), [left(aMessage(dm, { about: about(), sentences: over }), 2)]],
    [
      "who no longer agrees that anything is kept",
      async (client) => {
        const visit = await open(client, dm);
        await client.visit.consent({ id: newId(), visit, scope: "keep", given: false, way: "touch" });
        return visit;
      },
      [],
    ],
  ],
)("there is none on the slip of %s", async (_, come, later) => {
  const first = left(aMessage(dm, { about: about(), sentences: tells("noSmoking") }), 1);
  const { client, print } = await placeAfter(first, ...later);
  const visit = await come(client);
  expect(await print(visit, "zh-CN")).not.toContain(line("医生定的健康计划"));
  expect((await client.visit.code({ id: newId(), visit, language: "zh-CN" })).text).not.toContain("计划");
});

test("the newest message about plans counts, told or not; one about something else does not", async () => {
  const store = await storeIn(newFolder());
  const visit = new VisitStory(newId());
  const resident = visit.resident ?? "";
  const [one, two] = [tells("noSmoking"), tells("pressureBelow140")].map((sentences) =>
    aMessage(resident, { about: about(), sentences }),
  );
  if (one === undefined || two === undefined) throw new Error("no messages");
  await store.append([left(one, 1), visit.opened()]);
  expect(await store.planMessageOf(resident)).toEqual(one);
  await store.append([visit.heardOf(one)]);
  expect(await store.planMessageOf(resident), "also when it was told").toEqual(one);
  await store.append([left(two, 2), left(aMessage(resident), 3)]);
  expect(await store.planMessageOf(resident)).toEqual(two);
  expect(await store.planMessageOf(newId())).toBeUndefined();
});
