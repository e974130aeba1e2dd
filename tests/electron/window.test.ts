import { expect, test, vi } from "vitest";
import {
  mayUse,
  openPage,
  windowOptions,
  type Asked,
  type ContentsEdge,
  type SessionEdge,
} from "../../electron/window.ts";

const own: Asked = { permission: "media", contents: 7, address: "app://station/", isMainFrame: true };

function fakeWindow() {
  const state = {
    loaded: [] as string[],
    asked: undefined as ((asked: Asked) => boolean) | undefined,
    checked: undefined as ((asked: Asked) => boolean) | undefined,
    device: undefined as (() => boolean) | undefined,
    navigate: undefined as ((event: { preventDefault(): void }) => void) | undefined,
    webview: undefined as ((event: { preventDefault(): void }) => void) | undefined,
    open: undefined as (() => { readonly action: "deny" }) | undefined,
    lost: undefined as (() => void) | undefined,
    crashes: 0,
  };
  const contents: ContentsEdge = {
    id: 7,
    setWindowOpenHandler: (answer) => (state.open = answer),
    onNavigate: (hear) => (state.navigate = hear),
    onAttachWebview: (hear) => (state.webview = hear),
    onLost: (hear) => (state.lost = hear),
    crash: () => {
      state.crashes += 1;
      state.lost?.();
    },
    load: async (address) => void state.loaded.push(address),
  };
  const session: SessionEdge = {
    onPermissionAsked: (answer) => (state.asked = answer),
    onPermissionChecked: (answer) => (state.checked = answer),
    onDeviceAsked: (answer) => (state.device = answer),
  };
  return { state, contents, session };
}

test("the page is isolated, sandboxed, and has nothing of Node", () => {
  expect(windowOptions("/preload.cjs")).toMatchObject({
    kiosk: true,
    webPreferences: {
      preload: "/preload.cjs",
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    },
  });
});

test("every way out of the page is shut before it is loaded", async () => {
  const { state, contents, session } = fakeWindow();
  await openPage(contents, session, () => undefined);
  const preventDefault = vi.fn();
  state.navigate?.({ preventDefault });
  state.webview?.({ preventDefault });
  expect(preventDefault).toHaveBeenCalledTimes(2);
  expect(state.open?.()).toEqual({ action: "deny" });
  expect(state.device?.()).toBe(false);
  expect([state.asked?.(own), state.checked?.(own)]).toEqual([true, true]);
  expect(state.loaded).toEqual(["app://station/"]);
});

test("a lost page is loaded again after a second", async () => {
  const { state, contents, session } = fakeWindow();
  const waits: { readonly ms: number; readonly wake: () => void }[] = [];
  await openPage(contents, session, (ms, wake) => waits.push({ ms, wake }));
  state.lost?.();
  expect(waits.map(({ ms }) => ms)).toEqual([1_000]);
  waits[0]?.wake();
  expect(state.loaded).toHaveLength(2);
});

test("a page that is taken away goes at once and is loaded at once; the next loss waits again", async () => {
  const { state, contents, session } = fakeWindow();
  const waits: number[] = [];
  const page = await openPage(contents, session, (ms) => waits.push(ms));
  page.takeAway();
  expect([state.crashes, state.loaded.length, waits]).toEqual([1, 2, []]);
  state.lost?.();
  expect([state.loaded.length, waits]).toEqual([2, [1_000]]);
});

test.each<[string, Partial<Asked>]>([
  ["another right", { permission: "geolocation" }],
  ["the screen", { permission: "display-capture" }],
  ["another window", { contents: 8 }],
  ["nobody", { contents: undefined }],
  ["a frame inside", { isMainFrame: false }],
  ["another site", { address: "https://example.org/" }],
  ["a look-alike", { address: "app://station.example.org/" }],
  ["no address", { address: "" }],
  ["a blank page", { address: "about:blank" }],
])("camera and microphone are refused: %s", (_, change) => {
  expect(mayUse({ ...own, ...change }, 7)).toBe(false);
});
