import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { StationView } from "../../core/contract/views.ts";
import type { Language } from "../../core/i18n/message.ts";
import { LanguageProvider } from "../../renderer/parts/language.tsx";
import { PlaceProvider, type Place } from "../../renderer/kiosk/technician/session.ts";
import { StationClockNote } from "../../renderer/kiosk/technician/station-clock.tsx";
import { loadWords } from "../../renderer/parts/words.ts";
import "../../renderer/kiosk/own-words.ts";

await loadWords("en");

/** The note as it is drawn, without tags. Only the station's clock is looked at. */
function drawn(clock: StationView["clock"], language: Language): string {
  const place = { station: { clock } } as unknown as Place;
  const note: ReactNode = createElement(PlaceProvider, { value: place }, createElement(StationClockNote));
  return renderToStaticMarkup(createElement(LanguageProvider, { start: language, children: note }))
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

test.each([
  [
    { state: "off", hubAheadMs: 90_000 },
    "en",
    "Station clock against the hub: 90 s behind The station's clock is more than 60 s off the hub's: check its time server (NTP) · number 702",
  ],
  [
    { state: "wrong", hubAheadMs: -400_000 },
    "en",
    "Station clock against the hub: 7 min ahead The station's clock is more than 5 minutes off the hub's: set the system time; measuring comes back by itself · number 212",
  ],
  [
    { state: "wrong", hubAheadMs: 400_000 },
    "zh-CN",
    "站点时钟与中心相比：慢7分钟 站点时钟与中心相差超过 5 分钟：请校准系统时间，校准后自动恢复 · 编号212",
  ],
  [{ state: "right", hubAheadMs: 60_000 }, "en", ""],
  [{ state: "unknown" }, "en", ""],
] as const)("the clock %j in %s reads: %s", (clock, language, words) => {
  expect(drawn(clock, language).replaceAll("&#x27;", "'")).toBe(words);
});
