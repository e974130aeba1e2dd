import { expect, test } from "vitest";
import { isWeakPin, PinCheck, pinVerifier, waitAfterMs } from "../../../station/technician/pins.ts";
import type { PinSecret } from "../../../station/store/pin-secrets.ts";
import { FakeClock } from "../fakes/clock.ts";

test.each(["12345", "1234567890123", "12a456", "111111", "123456", "987654", "", "１２３４５６"])(
  "%s is no PIN",
  (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  },
);

test.each(["280913", "112233", "135790", "901234", "123457"])("%s is one", (pin) => {
  expect(isWeakPin(pin)).toBe(false);
});

test.each([
  [0, 0],
  [4, 0],
  [5, 1_000],
  [6, 2_000],
  [7, 4_000],
  [14, 512_000],
  [15, 900_000],
  [60, 900_000],
])("after %i wrong tries in a row the next waits %i ms", (wrong, ms) => {
  expect(waitAfterMs(wrong)).toBe(ms);
});

/** The store's part, in memory. */
async function secrets(pin: string, wrong = 0, triedAt = 0) {
  const kept = new Map<string, PinSecret>([["one", { verifier: await pinVerifier(pin), wrong, triedAt }]]);
  return {
    kept,
    pinSecret: async (staff: string) => kept.get(staff),
    pinTried: async (staff: string, wrongNow: number, at: number) => {
      const secret = kept.get(staff);
      if (secret !== undefined) kept.set(staff, { ...secret, wrong: wrongNow, triedAt: at });
    },
  };
}

test("the verifier is argon2id, salted: the same PIN never gives the same one", async () => {
  const [one, other] = await Promise.all([pinVerifier("280913"), pinVerifier("280913")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
});

test("many tries at once are one after the other: the sixth already waits", async () => {
  const store = await secrets("280913");
  const check = new PinCheck(store, new FakeClock());
  const verdicts = await Promise.all(Array.from({ length: 6 }, () => check.check("one", "000000")));
  expect(verdicts.map((each) => (each.ok ? "" : each.code))).toEqual([
    ...Array.from({ length: 5 }, () => "staff.wrongPin"),
    "staff.locked",
  ]);
});

test("while it waits the right PIN does not count either; afterwards it does, and the count begins anew", async () => {
  const clock = new FakeClock();
  const store = await secrets("280913", 7, clock.now());
  const check = new PinCheck(store, clock);
  expect(await check.check("one", "280913")).toEqual({ ok: false, code: "staff.locked", waitSeconds: 4 });
  await clock.advance(3_999);
  expect(await check.check("one", "280913")).toEqual({ ok: false, code: "staff.locked", waitSeconds: 1 });
  await clock.advance(1);
  expect(await check.check("one", "280913")).toEqual({ ok: true });
  expect(store.kept.get("one")?.wrong).toBe(0);
});

test("a clock that was set back neither ends the wait nor makes it last", async () => {
  const clock = new FakeClock();
  const store = await secrets("280913", 5, clock.now() + 86_400_000);
  const check = new PinCheck(store, clock);
  expect(await check.check("one", "280913")).toEqual({ ok: false, code: "staff.locked", waitSeconds: 1 });
  await clock.advance(1_000);
  expect(await check.check("one", "280913")).toEqual({ ok: true });
});

test("who has no PIN here is wrong", async () => {
  const store = await secrets("280913");
  expect(await new PinCheck(store, new FakeClock()).check("another", "280913")).toEqual({
    ok: false,
    code: "staff.wrongPin",
  });
});
