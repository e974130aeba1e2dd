import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectHub, type HubDoor } from "../../../renderer/desk/hub.ts";

/** A browser's socket that opens at once and is closed by who opened it alone. */
class FakeSocket extends EventTarget {
  static readonly made: FakeSocket[] = [];
  readyState = 0;
  constructor() {
    super();
    FakeSocket.made.push(this);
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  send() {}
  close() {
    this.readyState = 2;
  }
}

let browser: EventTarget;
let door: HubDoor;
beforeEach(() => {
  vi.useFakeTimers();
  browser = new EventTarget();
  FakeSocket.made.splice(0);
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("location", { protocol: "http:", host: "hub" });
  vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
  vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
  door = connectHub();
});
afterEach(() => {
  door.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a line that is given up because the browser says that it is offline is closed, and another one is dialed", async () => {
  FakeSocket.made[0]?.open();
  expect(door.state).toBe("open");
  browser.dispatchEvent(new Event("offline"));
  expect(door.state).toBe("closed");
  expect(FakeSocket.made[0]?.readyState, "the hub sees nobody there any more").toBe(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.made[1]?.open();
  expect(door.state).toBe("open");
  browser.dispatchEvent(new Event("offline"));
  expect(FakeSocket.made.map(({ readyState }) => readyState)).toEqual([2, 2]);
});

test("what is said into a line that is closing fails as a line that is gone, and throws nowhere else", async () => {
  FakeSocket.made[0]?.open();
  const asked = door.client.me.whoami();
  browser.dispatchEvent(new Event("offline"));
  await expect(asked).rejects.toMatchObject({ data: { code: "wire.closed" } });
});
