import { expect } from "@playwright/test";
import { fakeMedicines } from "../renderer/fake-services.ts";
import type { Walk } from "./technician-walks.ts";
import { enterVisit } from "./visit-walks.ts";

/** The nine services of product A-75, in its order: the touches from the board of checks, and what says that one is there. */
const nine = {
  "service packages": [["services", "mine-packages"], "own-packages"],
  "booking of a follow-up": [["mine", "mine-appointment"], "book"],
  registration: [["services", "mine-registration"], "own-registration"],
  consultation: [["call-doctor"], "screen-consult"],
  "health education": [["services", "mine-learn"], "learn-words"],
  "medicine reminder": [["mine", "mine-medicines"], "own-medicines"],
  "hospital navigation": [["services", "mine-hospital"], "own-hospital"],
  "guidance on where to go": [["services", "mine-guidance"], "complaint-heart"],
  "one's own record": [["mine", "mine-record"], "record-none"],
} as const satisfies Readonly<Record<string, readonly [readonly string[], string]>>;
const most = 2;

/** What is one's own beyond the record, and what can be done for one. */
export const ownWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "the nine services, each within two touches": async (walk) => {
    const { open, press, see } = walk;
    for (const [name, [touches, shown]] of Object.entries(nine)) {
      await open({
        services: {
          medicines: fakeMedicines.map(({ until: _until, daysLeft: _left, ...one }) => ({
            ...one,
            state: "ready" as const,
          })),
        },
      });
      await enterVisit(walk);
      expect(touches.length, name).toBeLessThanOrEqual(most);
      await press(...touches);
      await see(shown);
    }
  },
  "services, page by page": async (walk) => {
    const { open, press, see, look } = walk;
    await open();
    await enterVisit(walk);
    await press("services");
    await see("mine-packages");
    await look("services");
    await press("mine-packages");
    await see("own-packages");
    await look("services-packages");
    await press("package-want");
    await see("package-asked");
    await look("services-packages-asked");
    await press("back", "mine-guidance");
    await see("complaint-heart");
    await look("services-guidance");
    await press("complaint-heart");
    await see("guidance-department");
    await press("own-next");
    await look("services-guidance-heart");
    await press("back", "mine-registration");
    await see("qr");
    await look("services-registration");
    await press("back", "mine-hospital");
    await see("own-hospital");
    await look("services-hospital");
    await press("back", "mine-learn");
    await see("learn-words");
    await look("services-learn");
  },
  "my medicines": async (walk) => {
    const { open, press, see, look } = walk;
    await open({ services: { medicines: [...fakeMedicines] } });
    await enterVisit(walk);
    await press("mine", "mine-medicines");
    await see("asked-medicine");
    await look("medicines-taken");
    await press("ask-no");
    await look("medicines-taken-doubt");
    await press("back", "ask-yes");
    await see("ask-no");
    await look("medicines-taken-second");
    await press("ask-no", "ask-no");
    await see("medicine-soon");
    await look("medicines-soon");
    await press("medicine-refill");
    await expect(walk.page.getByTestId("medicine-refill")).toHaveCount(0);
    await press("own-next");
    await look("medicines");
  },
  "asking for a day": async (walk) => {
    const { open, press, see, look } = walk;
    await open();
    await enterVisit(walk);
    await press("mine", "mine-appointment", "book");
    await see("book-phone");
    await look("book-how");
    await press("book-meet");
    await see("book-home");
    await look("book-where");
    await press("book-station");
    await see("book-this");
    await look("book-week");
    await press("book-next");
    await see("book-morning");
    await look("book-half");
    await press("book-morning");
    await see("book-waits");
    await look("book-waits");
  },
};
