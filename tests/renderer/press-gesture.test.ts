import { expect, test } from "vitest";
import { createPressGesture, type Touch } from "../../renderer/parts/press-gesture.ts";

/** A button under a finger: what was done, in order, and a clock that is told to move. */
function button() {
  const done: string[] = [];
  let now = 1_000;
  let timer: { readonly at: number; readonly wake: () => void } | undefined;
  const gesture = createPressGesture({
    act: () => void done.push("act"),
    click: () => gesture.click({ trusted: false, timeStamp: now }),
    show: (pressed) => void done.push(pressed ? "in" : "out"),
    after(ms, wake) {
      timer = { at: now + ms, wake };
      return () => {
        timer = undefined;
      };
    },
  });
  const touch = (change: Partial<Touch> = {}): Touch => ({
    pointerId: 7,
    pointerType: "touch",
    isPrimary: true,
    button: 0,
    timeStamp: now,
    inside: true,
    ...change,
  });
  return {
    gesture,
    touch,
    acts: () => done.filter((one) => one === "act").length,
    shown: () => done.filter((one) => one !== "act"),
    browserClick: () => gesture.click({ trusted: true, timeStamp: now }),
    pass: (ms: number): void => {
      now += ms;
      if (timer !== undefined && timer.at <= now) {
        const { wake } = timer;
        timer = undefined;
        wake();
      }
    },
  };
}

test("a tap acts once, when the browser clicks", () => {
  const { gesture, touch, browserClick, acts, pass } = button();
  gesture.down(touch());
  expect(acts()).toBe(0);
  gesture.up(touch());
  browserClick();
  pass(2_000);
  expect(acts()).toBe(1);
});

test("a finger that slid on its key, which is no tap to the browser, acts all the same", () => {
  const { gesture, touch, acts, pass } = button();
  gesture.down(touch());
  gesture.move(touch());
  gesture.up(touch());
  pass(100);
  expect(acts()).toBe(1);
});

test("a browser's click that comes late belongs to the tap that was answered already", () => {
  const { gesture, touch, browserClick, acts, pass } = button();
  gesture.down(touch());
  gesture.up(touch());
  pass(100);
  pass(300);
  browserClick();
  expect(acts()).toBe(1);
});

test("a second tap soon after is a tap of its own", () => {
  const { gesture, touch, browserClick, acts, pass } = button();
  gesture.down(touch());
  gesture.up(touch());
  pass(100);
  gesture.down(touch());
  gesture.up(touch());
  browserClick();
  expect(acts()).toBe(2);
});

test("a wrong touch slides away and does nothing", () => {
  const { gesture, touch, acts, shown, pass } = button();
  gesture.down(touch());
  gesture.move(touch({ inside: false }));
  gesture.up(touch({ inside: false }));
  pass(2_000);
  expect({ acts: acts(), shown: shown() }).toEqual({ acts: 0, shown: ["in", "out", "out"] });
});

test("a mouse acts by the browser's click alone", () => {
  const { gesture, touch, browserClick, acts, pass } = button();
  gesture.down(touch({ pointerType: "mouse" }));
  gesture.up(touch({ pointerType: "mouse" }));
  pass(2_000);
  expect(acts()).toBe(0);
  browserClick();
  expect(acts()).toBe(1);
});

test.each([
  ["a second finger", { isPrimary: false }],
  ["the other button", { button: 2 }],
])("%s presses nothing", (_, change) => {
  const { gesture, touch, acts, shown, pass } = button();
  gesture.down(touch(change));
  gesture.up(touch(change));
  pass(2_000);
  expect({ acts: acts(), shown: shown() }).toEqual({ acts: 0, shown: [] });
});

test("keys, assistive technology and the station's own keys click without a finger", () => {
  const { gesture, browserClick, acts } = button();
  browserClick();
  gesture.click({ trusted: false, timeStamp: 1_000 });
  expect(acts()).toBe(2);
});

test("a button that goes acts no more", () => {
  const { gesture, touch, acts, pass } = button();
  gesture.down(touch());
  gesture.up(touch());
  gesture.close();
  pass(2_000);
  expect(acts()).toBe(0);
});
