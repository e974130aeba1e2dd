import { expect } from "@playwright/test";
import type { MessageLeft } from "../../core/care/messages.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import type { Walk } from "./technician-walks.ts";
import { enterVisit, liveOxygen, prepareCheck } from "./visit-walks.ts";

type Sentence = NonNullable<Opinion["sentences"]>[number];

const opinion = "血压偏高，药照常吃，少吃咸的。";

const left = (last: number, sentences: MessageLeft["sentences"], change: Partial<MessageLeft> = {}): MessageLeft => ({
  id: `018f0000-0000-7000-8000-00000000000${String(last)}`,
  station: "station-1",
  resident: "018f0000-0000-7000-8000-0000000000a1",
  from: { name: "hub" },
  at: `2026-11-2${String(last)}T02:00:00.000Z`,
  sentences,
  worse: ["loop.worse.callUs"],
  ...change,
});

/** A call to the doctor: asked for, taken, broken, and what remains of it. */
export const consultWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "asking for a doctor": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ callFails: "consult.hubAway", dutyPhone: "0500-0000000" });
    await enterVisit(walk);
    await press("call-doctor");
    await see("consult-fault");
    await see("duty-phone");
    await look("consult-away");
    await press("leave-message");
    await see("message-yes");
    await look("message-ask");
    await open({ noCamera: true, waits: { ahead: 1, expectedWaitS: 120 } });
    await enterVisit(walk);
    await press("call-doctor");
    await see("camera-missing");
    await look("consult-asking");
    await press("measure-meanwhile");
    await see("to-consult");
    await look("checks-waiting");
    await press("to-consult");
    await page.evaluate(() =>
      window.fake.setCall({ state: "active", ahead: undefined, clinician: { id: "d", name: "林" } }),
    );
    await see("video-remote");
    await look("consult-no-camera");
    await page.evaluate(() => window.fake.setCall({ state: "finished" }));
    await see("consult-home");
    await look("consult-ended");
  },
  "waiting with a place and a time, then a message in its place": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ waits: { ahead: 2, expectedWaitS: 300, mode: "assisted" } });
    await enterVisit(walk);
    await press("call-doctor");
    await see("call-wait");
    await see("call-assisted");
    await look("consult-wait");
    await page.evaluate(() => window.fake.setCall({ expectedWaitS: undefined, dutyPhone: "0500-0000000" }));
    await see("duty-phone");
    await expect.poll(() => page.evaluate(() => window.said)).toContain("kiosk.wait.duty 0 5 0 0-0 0 0 0 0 0 0");
    await look("consult-nobody");
    await press("leave-message", "message-yes");
    await see("voice-start");
    await look("message-voice");
    await press("voice-start");
    await see("voice-left");
    await look("message-recording");
    await press("voice-stop");
    await see("voice-listen");
    await look("message-recorded");
    await press("voice-keep");
    await see("picture-take");
    await look("message-picture");
    await press("picture-take");
    await see("message-still");
    await look("message-picture-taken");
    await press("message-send");
    await see("message-kept");
    await look("message-kept");
    await press("message-done");
    await open({ noCamera: true, messageFails: "store.full", waits: { ahead: 0 } });
    await enterVisit(walk);
    await press("call-doctor", "leave-message", "message-yes", "voice-start");
    await expect(page.getByTestId("voice-how")).toHaveText(/话筒/u);
    await look("message-no-voice");
    await press("voice-without", "picture-take");
    await expect(page.getByTestId("picture-how")).toHaveText(/没有拍成/u);
    await look("message-no-picture");
    await press("message-send");
    await expect(page.getByTestId("picture-how")).toHaveText(/没有存下来/u);
    await look("message-failed");
  },
  "several in a call, and a measurement the doctor asks for": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ holds: true, paceMs: 1 });
    await enterVisit(walk);
    await press("call-doctor");
    await expect(page.getByTestId("call-state")).toHaveAttribute("data-state", "waiting");
    await page.evaluate(() =>
      window.fake.setCall({
        state: "active",
        ahead: undefined,
        clinician: { id: "d", name: "林" },
        others: [
          { id: "d", name: "林", role: "doctor", state: "here" },
          { id: "v", name: "周", role: "villageDoctor", state: "here" },
          { id: "s", name: "何", role: "specialist", state: "away" },
          { id: "f", name: "王", role: "family", state: "here" },
        ],
      }),
    );
    await see("mute");
    await press("mute");
    await expect(page.getByTestId("mute")).toHaveAttribute("aria-pressed", "true");
    await look("consult-parties");
    await page.evaluate(() => window.askMeasure("bloodPressure"));
    await see("asked-yes");
    await look("consult-asked");
    await press("asked-no");
    await see("measure-in-call");
    await page.evaluate(() => window.askMeasure("bloodPressure"));
    await see("asked-yes");
    await page.evaluate(() => window.hearYes());
    // Boards of symptoms are still to be asked: nothing starts by itself, and the preparation is shown.
    await see("screen-prepare");
    await press("to-consult");
    await see("measure-in-call");
    await page.evaluate(() => window.askMeasure("bloodPressure"));
    await press("asked-yes");
    await see("screen-prepare");
  },
  "a pressure and an oxygen taken while the doctor is there": async (walk) => {
    const { page, open, press, see, look } = walk;
    for (const check of ["bloodPressure", "oximetry"] as const) {
      await open({ holds: true, paceMs: 1 });
      await enterVisit(walk);
      await press("call-doctor");
      await expect(page.getByTestId("call-state")).toHaveAttribute("data-state", "waiting");
      await page.evaluate(() =>
        window.fake.setCall({ state: "active", ahead: undefined, clinician: { id: "d", name: "林" } }),
      );
      await press("measure-in-call");
      await see("call-dock");
      await look(`call-checks-${check}`);
      await prepareCheck(walk, check, async (step, kind) => {
        if (step > 1) return;
        await see("call-dock");
        await look(`call-prepare-${check}-${kind}`);
      });
      await press("measure-start");
      for (const event of check === "oximetry" ? liveOxygen : [])
        await page.evaluate((said) => window.fake.say(said), event);
      await see(check === "oximetry" ? "live-spo2" : "live-pressure");
      await see("call-dock");
      await look(`call-measure-${check}`);
      await press("stop");
    }
  },
  "what a doctor has answered since the last visit": async (walk) => {
    const { open, press, see, look } = walk;
    const say = (key: Sentence["key"], days?: number): Sentence => ({
      key,
      values: days === undefined ? {} : { days },
    });
    await open({
      resumes: {
        arrived: [
          {
            id: "018f0000-0000-7000-8000-0000000000b1",
            call: "018f0000-0000-7000-8000-0000000000b2",
            visit: "018f0000-0000-7000-8000-0000000000b3",
            station: "station-1",
            clinician: { id: "d", name: "林" },
            text: opinion,
            next: "homeSeries",
            writtenAt: "2026-11-20T02:00:00.000Z",
            sentences: [
              say("care.say.pressureHigh"),
              say("care.say.keepMedicine"),
              say("care.say.lessSalt"),
              say("care.say.homeSeries", 7),
              say("care.say.worseCall"),
              say("care.say.worseStroke"),
            ],
          },
        ],
      },
    });
    await press("start", "resident-card");
    await see("screen-triage");
    await press("triage-next");
    await see("over-answer");
    await look("answered");
    await press("answer-read");
    await see("other-checks");
  },
  "what was left for the resident, and who opened their record": async (walk) => {
    const { open, press, see, look } = walk;
    const pressure = { worse: ["loop.worse.pressureHigh", "loop.worse.emergency"] } satisfies Partial<MessageLeft>;
    const reason = "居民在站点求助，胸口痛，要看以前的心电图和用药。";
    const opened = left(1, [{ key: "loop.say.recordOpened", params: { reason } }], {
      from: { name: "林（样本）", org: "样本乡卫生院" },
      worse: ["loop.worse.emergency"],
    });
    const messages = [
      left(
        0,
        [{ key: "loop.say.followUpSoon", params: { day: "2026-11-26" } }, { key: "loop.say.keepMeasuring" }],
        pressure,
      ),
      opened,
      left(2, [{ key: "loop.say.prescriptionReady" }]),
    ];
    await open({ resumes: { messages } });
    await press("start", "resident-card", "triage-next");
    await see("message");
    await look("news-follow-up");
    await press("news-heard");
    await see("message-opened");
    await look("news-opened");
    await press("news-talk");
    await see("talks-close");
    await look("news-talks");
    await press("talks-close");
    await see("message-text");
    await press("news-heard");
    await see("other-checks");
    await open({ resumes: { messages, helper: "relative" } });
    await press("start", "resident-card", "triage-next");
    await see("news-later");
    await look("news-ask");
    await press("news-later");
    await see("other-checks");
  },
  "opinions of several doctors": async (walk) => {
    const { open, press, see, look } = walk;
    const by = (id: string, name: string) => ({ id, name, role: "doctor" });
    const joint = "018f0000-0000-7000-8000-0000000000c1";
    const call = "018f0000-0000-7000-8000-0000000000c2";
    const at = "2026-11-22T02:00:00.000Z";
    const people = [by("d", "林"), by("s", "何"), by("v", "周")];
    const common = {
      call,
      visit: joint,
      station: "station-1",
      text: opinion,
      next: "comeBack" as const,
      writtenAt: at,
    };
    const seal = (id: string, name: string) => ({
      of: "jointOpinion" as const,
      by: by(id, name),
      at,
      algorithm: "Ed25519" as const,
      publicKey: "A".repeat(43),
      legal: "test" as const,
      certificate: { hub: "hub-1", openedAt: at, until: at, signature: "A".repeat(86) },
      signature: "A".repeat(86),
    });
    const dissent = {
      ...common,
      id: "018f0000-0000-7000-8000-0000000000c3",
      clinician: { id: "v", name: "周" },
      joint: { as: "dissent" as const, joint, version: 1 },
    };
    const conclusion: Opinion = {
      ...common,
      id: "018f0000-0000-7000-8000-0000000000c4",
      clinician: { id: "d", name: "林" },
      joint: {
        as: "conclusion",
        text: {
          joint,
          version: 1,
          call,
          visit: joint,
          station: "station-1",
          responsible: { id: "d", name: "林" },
          participants: people,
          assessment: "高血压2级",
          plan: "加药，两周后复查",
          draftedAt: at,
        },
        signatures: [seal("d", "林"), seal("s", "何")],
        dissents: [dissent.id],
      },
    };
    await open({ resumes: { opinions: [dissent, conclusion] } });
    await enterVisit(walk);
    await press("call-doctor");
    // The station has heard the request before it says anything of it.
    await expect(walk.page.getByTestId("call-state")).toHaveAttribute("data-state", "waiting");
    await walk.page.evaluate(() => window.fake.setCall({ state: "finished" }));
    await see("opinion-joint");
    await look("opinion-joint");
    await press("opinion-others");
    await see("opinion-more");
    await look("opinions-first");
    await press("opinion-more");
    await see("opinion-close");
    await look("opinions-last");
    await press("opinion-close", "opinion-read");
  },
  "a call, measuring in it, and what the doctor wrote": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ holds: true, paceMs: 1 });
    await enterVisit(walk);
    await press("call-doctor");
    // The station has heard the request before it says anything of it.
    await expect(page.getByTestId("call-state")).toHaveAttribute("data-state", "waiting");
    await page.evaluate(() =>
      window.fake.setCall({ state: "ringing", ahead: undefined, clinician: { id: "d", name: "林" } }),
    );
    await see("video-self");
    await look("consult-ringing");
    for (const state of ["active", "reconnecting", "interrupted"] as const) {
      await page.evaluate((to) => window.fake.setCall({ state: to }), state);
      await expect(page.getByTestId("call-dock")).toHaveAttribute("data-state", state);
      await look(`consult-${state}`);
    }
    await page.evaluate(() => window.fake.setCall({ state: "active", lineDown: true }));
    await look("consult-line-down");
    await page.evaluate(() => window.fake.setCall({ lineDown: false }));
    await press("measure-in-call");
    await look("checks-in-call");
    await prepareCheck(walk, "bloodPressure");
    await press("measure-start");
    await expect(page.getByTestId("live-pressure")).toHaveText("117");
    await look("measure-in-call");
    await press("stop", "to-consult");
    await page.evaluate((words) => window.fake.giveOpinion(words.repeat(24), "hospital"), opinion);
    await see("opinion-open");
    await look("consult-opinion");
    await press("opinion-open");
    await look("opinion-long");
    await press("opinion-close");
    await page.evaluate((words) => window.fake.giveOpinion(words, "comeBack"), opinion);
    await page.evaluate(() => window.fake.setCall({ state: "finished" }));
    await see("opinion-read");
    await look("opinion");
    await press("opinion-read");
    await see("screen-results");
    await look("results-opinion");
  },
};
