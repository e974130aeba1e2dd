import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import type { JointView } from "../../core/contract/hub-joint.ts";
import { visitRecord, waitingRoom } from "../renderer/desk/specimens.ts";
import { acceptFirst, hub, overflow, shot, signIn, standDesk } from "./desk-stage.ts";

/** One text of three doctors: who signed which version, who has not yet, and the very words each signed. */

standDesk();

const joint = "018f0000-0000-7000-8000-0000000000c1";
const visit = "018f0000-0000-7000-8000-0000000000c2";
const at = "2026-11-22T02:00:00.000Z";
const person = (id: string, name: string, role: "doctor" | "specialist" | "villageDoctor") => ({ id, name, role });

type Version = JointView["versions"][number];

function version(call: string, n: number, plan: string, signers: readonly string[]): Version {
  const people = [
    person("doc-1", "林若水", "doctor"),
    person("doc-2", "何之洲", "specialist"),
    person("doc-3", "周小满", "villageDoctor"),
  ];
  return {
    text: {
      joint,
      version: n,
      call,
      visit,
      station: "station",
      responsible: { id: "doc-1", name: "林若水" },
      participants: people,
      assessment: "高血压2级，心率偏快",
      plan,
      draftedAt: at,
    },
    signatures: people
      .filter(({ id }) => signers.includes(id))
      .map((by) => ({
        signature: {
          of: "jointOpinion",
          by,
          at,
          algorithm: "Ed25519",
          publicKey: "A".repeat(43),
          legal: "test",
          certificate: { hub: "hub-1", openedAt: at, until: at, signature: "A".repeat(86) },
          signature: "A".repeat(86),
        },
        verdict: "valid",
      })),
  };
}

for (const language of ["zh", "en"] as const)
  test(`three doctors and their signatures fit 1366 × 768 in ${language}`, async ({ page }) => {
    hub.queue.set(waitingRoom());
    hub.record.set(visitRecord());
    await signIn(page);
    if (language === "en") await page.getByTestId("language").click();
    await acceptFirst(page);
    const view = hub.view.get();
    if (view === undefined) throw new Error("no call");
    const others = [
      ["doc-2", "何之洲", "specialist"],
      ["doc-3", "周小满", "villageDoctor"],
    ] as const;
    const more = others.map(([id, name, role]) => ({
      id,
      name,
      role,
      kind: "person" as const,
      state: "here" as const,
      muted: false,
      handOver: false,
    }));
    hub.joints.set([
      {
        joint,
        versions: [
          version(view.call, 1, "加药，一个月后复查", ["doc-1", "doc-2"]),
          version(view.call, 2, "加药，两周后复查，期间每天早晚自测血压", ["doc-1", "doc-2"]),
        ],
        dissents: [],
        owing: ["doc-3"],
      },
    ]);
    hub.view.set({ ...view, participants: [...view.participants, ...more] });
    await page.getByTestId("joint-toggle").click();
    const newest = page.getByTestId("joint-version-2");
    await expect(newest).toContainText(language === "zh" ? "已签 2/3" : "2 of 3 signed");
    await expect(newest).toContainText(language === "zh" ? "周小满 · 等待签名" : "周小满 · to be signed");
    expect(await overflow(page)).toEqual({ right: 0, below: 0 });
    await shot(page, `joint-1366-${language}`);
    await page.getByTestId("joint-version-1").locator("summary").click();
    await expect(page.getByTestId("joint-version-1").locator("dl")).toContainText("一个月后复查");
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(await overflow(page)).toEqual({ right: 0, below: 0 });
    await shot(page, `joint-text-1366-${language}`);
  });
