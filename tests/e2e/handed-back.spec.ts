import { expect, test, type Page } from "@playwright/test";
import { picture, pictureBoth } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { allMeet, liveTracks, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** A call goes back to the queue, and the next doctor of the same hospital takes it. */

declare global {
  interface Window {
    /** Sentences the station said aloud, by key. */
    saidAloud: string[];
  }
}

/** Who has the call: the pages whose doctor may hang it up. */
async function owners(desks: Readonly<Record<string, Page>>): Promise<readonly string[]> {
  const all = await Promise.all(
    Object.entries(desks).map(async ([name, desk]) => ((await desk.getByTestId("hang-up").isVisible()) ? [name] : [])),
  );
  return all.flat();
}

test("a doctor hands the call back; one of two others has it, the resident hears so and never leaves the call", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  const [kiosk, doctor, second, specialist] = await Promise.all([
    openKiosk(browser, product),
    openDesk(browser, product, "doctor"),
    openDesk(browser, product, "doctor2"),
    openDesk(browser, product, "specialist"),
  ]);
  const desks = { doctor, second, specialist };
  await kiosk.evaluate(() => {
    window.saidAloud = [];
    document.addEventListener("station-said", (event) => {
      window.saidAloud.push(...(event as CustomEvent<{ readonly keys: readonly string[] }>).detail.keys);
    });
  });
  await talkOf(kiosk, doctor);
  expect(await owners(desks)).toEqual(["doctor"]);

  await doctor.getByTestId("transfer").click();
  await picture(doctor, "handed-back-desk");
  await doctor.getByTestId("queue-county").click();
  await expect(kiosk.getByTestId("call-dock")).toHaveAttribute("data-state", "interrupted");
  await expect.poll(() => kiosk.evaluate(() => window.saidAloud)).toContain("kiosk.consult.interrupted");
  expect(await kiosk.evaluate(() => window.saidAloud)).not.toContain("kiosk.went.doctor");
  await expect(kiosk.getByRole("heading", { level: 1 })).toContainText("换一位医生");
  await pictureBoth(kiosk, "handed-back-kiosk");
  await expect(doctor.getByTestId("call")).toHaveAttribute("data-media", "off");
  await expect.poll(() => liveTracks(doctor), { message: "tracks of who handed back" }).toBe(0);
  expect(await owners(desks)).toEqual([]);

  // The other doctor of the hospital, and the county's specialist: both see it, both want it, one has it.
  await Promise.all([second, specialist].map((desk) => expect(desk.getByTestId("accept")).toBeVisible()));
  // Pressed on the page itself: whoever is a moment later may find the button gone already, and is not waited for.
  await Promise.all(
    [second, specialist].map((desk) =>
      desk.getByTestId("accept").evaluateAll((buttons) => {
        for (const button of buttons) (button as HTMLElement).click();
      }),
    ),
  );
  await expect.poll(() => owners(desks)).toHaveLength(1);
  const [name = ""] = await owners(desks);
  const heir = name === "second" ? second : specialist;
  await allMeet({ kiosk, heir });
  expect(await owners(desks)).toEqual([name]);
  await expect(kiosk.getByTestId("call-dock")).toHaveAttribute("data-state", "active");
  await expect(kiosk.getByRole("heading", { level: 1 })).toContainText(
    name === "second" ? "演示医生乙" : "演示专科医生",
  );

  await heir.getByTestId("hang-up").click();
  for (const page of [kiosk, ...Object.values(desks)]) await expect.poll(() => liveTracks(page)).toBe(0);
  await Promise.all(browser.contexts().map((context) => context.close()));
  await product.stop();
  data.remove();
});
