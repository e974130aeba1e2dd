import type { Page } from "@playwright/test";
import type { Language } from "../../core/i18n/message.ts";

/** Invented people, places and words of a doctor: the same in every language. */
const data =
  /\/dev\/[\w/]+|fake-[\w.-]+|^[王李赵陈]$|王\*英|李\*国|赵\*兰|陈\*山|石桥村健康小站|石桥村委会一楼|周秀芬|[林周](?=\s|$|:|,|，|的|医|在|看)|健康E站|血压偏高，药照常吃，少吃咸的。/gmu;
/** What Chinese people read as it is. */
const signs =
  /模拟设备 · SIMULATED DEVICES|mmHg|mmol\/L|mg\/dL|English|\bE\b|PDF|JSON|USB|\bSD\b|SHA-256|decode|espeak-ng|xinchang|BCP 47|wuu-CN|yue-CN|(?:[\w.]+\.)?\d\.wav/gu;

/**
 * What is wrong with the page as it stands, seen as a person in front of the glass would: too small to hit, too small to
 * read, cut off, hanging over, or in the wrong language. Empty when all is well. `grown`: how many times as large as the
 * station's own size the text is to be at least. What lies on another page of a screen is held against that page.
 */
export async function wrongOnGlass(page: Page, language: Language, grown = 1): Promise<readonly string[]> {
  const { wrong, words } = await page.evaluate((grown) => {
    const found: string[] = [];
    const probe = document.body.appendChild(document.createElement("div"));
    probe.setAttribute("hidden", "");
    const mm = (property: string) => {
      probe.style.width = `calc(100 * var(${property}))`;
      return Number.parseFloat(getComputedStyle(probe).width) / 100;
    };
    const [px, glass] = [mm("--mm"), mm("--px-per-mm")];
    probe.remove();
    /** The technician's place is denser, and its pages scroll. */
    const dense = (element: Element) => element.closest(".tech, .tech-dense") !== null;
    const scroller = ".tech-main, .profile-list, .tech-report, .live-lines, .proof-of";
    const scrolls = (element: Element) => element.closest(scroller) !== null;
    // At the size of a station's screen, a millimeter is a millimeter: nothing is shrunk.
    if (Math.abs(px - glass) > 0.001) found.push(`shrunk: ${px} instead of ${glass} px per mm`);

    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.slice(0, 24)}"`;
    const seen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility() && element.closest(".unseen") === null;
    };
    /** By how many px at the most, over any side; a pixel is nothing. */
    const hangs = (inner: DOMRect, outer: { left: number; top: number; right: number; bottom: number }) => {
      const most = Math.max(
        ...[outer.left - inner.left, outer.top - inner.top, inner.right - outer.right, inner.bottom - outer.bottom],
      );
      return most > 1 ? Math.ceil(most) : 0;
    };
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    /** What turns pages, and the page of it that a box begins on. */
    const turned = (element: Element) => {
      const found = element.closest<HTMLElement>(".screen-flow, .sheet-flow, .screen-body");
      const turning =
        found?.matches(".screen-body") === true ? (found.closest<HTMLElement>(".screen-flow") ?? found) : found;
      return [turning, found].find((box) => box && getComputedStyle(box).columnCount !== "auto") ?? undefined;
    };
    const pageOf = (turning: HTMLElement, { left }: DOMRect) => {
      const box = turning.getBoundingClientRect();
      const stride = box.width + Number.parseFloat(getComputedStyle(turning).columnGap);
      const first = box.left - turning.scrollLeft;
      const start = first + stride * Math.floor((left - first + 1) / stride);
      return { left: start, right: start + box.width, top: box.top, bottom: box.bottom };
    };
    /** What stands on one page, or not at all. */
    const whole = ".press, figure, img, .result-card, li:has(img, .press), li:has(img, .press) > *";
    const endless = { ...screen, top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };

    /** How far words go beyond what holds them in a page that scrolls up and down: never over a side, nor off a key. */
    const beyond = (line: DOMRect, element: Element, scrolling: Element) => {
      const key = element.closest(".press, label, .tech-mark");
      const { left, right } = (element.closest(".tech-card, td, dt, dd") ?? scrolling).getBoundingClientRect();
      return Math.max(hangs(line, { ...endless, left, right }), key ? hangs(line, key.getBoundingClientRect()) : 0);
    };
    const inkOf = ({ box, size }: Pick<Line, "box" | "size">) => {
      const middle = (box.top + box.bottom) / 2;
      return { top: middle - 0.4 * size, bottom: middle + 0.4 * size };
    };
    /** `on`: what it is scrolled with. */
    interface Line {
      readonly element: Element;
      readonly box: DOMRect;
      readonly size: number;
      readonly on: Element | null;
    }
    const lines: Line[] = [];
    const sheet = document.querySelector(".cover");
    for (const element of document.querySelectorAll("html, body, body *")) {
      if (!(element instanceof HTMLElement) || !seen(element)) continue;
      const style = getComputedStyle(element);
      const [right, below] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
      // A long opinion may scroll by itself, and its first line is cut where it can be opened.
      const mayCut = element.matches(`.opinion-line, .opinion-text[data-long], ${scroller}`);
      const isBox = element.matches(
        "html, body, .frame, .stage, .screen, .screen-body, .screen-actions, .sheet, .top, .keys, .press, .result",
      );
      if (!mayCut && style.display !== "inline" && (isBox || style.overflow !== "visible")) {
        if (right > 2 && turned(element) !== element)
          found.push(`${name(element)} hangs over by ${right} px to the right`);
        if (below > 2) found.push(`${name(element)} hangs over by ${below} px below`);
      }
      const box = element.getBoundingClientRect();
      const turning = turned(element);
      if (turning !== undefined && element.matches(whole) && style.display !== "inline") {
        if (element.getClientRects().length > 1) found.push(`${name(element)} is cut by the page`);
      }
      // Nobody turns pages while a cuff inflates.
      if (element.matches(".gauge .number, .live-number .number") && turning?.scrollLeft === 0)
        if (hangs(box, turning.getBoundingClientRect()) > 0) found.push(`${name(element)} lives on another page`);
      if (element.matches("button, a, input, [role=button]")) {
        if (Math.min(box.width, box.height) < (dense(element) ? 12 : 20) * glass - 0.5)
          found.push(`${name(element)} is ${(box.width / glass).toFixed(1)} × ${(box.height / glass).toFixed(1)} mm`);
        const within = scrolls(element) ? endless : turning === undefined ? screen : pageOf(turning, box);
        if (hangs(box, within) > 0) found.push(`${name(element)} hangs off the screen`);
        const labels =
          element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((one) => one.textContent) : [];
        if (((element.getAttribute("aria-label") ?? "") + element.textContent + labels.join("")).trim() === "")
          found.push(`${name(element)} says nothing`);
      }
      const texts = [...element.childNodes].filter(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
      );
      if (texts.length === 0) continue;
      const points = (Number.parseFloat(style.fontSize) / glass / 25.4) * 72;
      if (points < (dense(element) ? 16 : 22) * grown - 0.05)
        found.push(`${name(element)} is written in ${points.toFixed(1)} pt`);
      if (mayCut) continue;
      const held = element.closest(".press, .sheet, .screen, .top, .keys");
      const holder = held?.getBoundingClientRect();
      const paged = turning !== undefined && held?.matches(".press") !== true;
      for (const text of texts) {
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const line of range.getClientRects()) {
          const scrolling = element.closest(scroller);
          const away = turning !== undefined && hangs(line, turning.getBoundingClientRect()) > 0;
          if (!away && (sheet === null || sheet.contains(element)))
            lines.push({ element, box: line, size: Number.parseFloat(style.fontSize), on: scrolling });
          const over =
            scrolling !== null
              ? beyond(line, element, scrolling)
              : Math.max(
                  hangs(line, turning === undefined ? screen : pageOf(turning, paged ? line : (holder ?? line))),
                  !paged && holder !== undefined && holder.width > 0 ? hangs(line, holder) : 0,
                );
          if (over > 0) found.push(`${name(element)}: its words hang over by ${over} px`);
        }
      }
    }
    for (const image of document.querySelectorAll("main img, .sheet img")) {
      const around = image.parentElement?.closest(".press, figure, li, .screen");
      if (seen(image) && around && hangs(image.getBoundingClientRect(), around.getBoundingClientRect()) > 2)
        if (turned(image) === undefined || !around.matches(".screen"))
          found.push(`${name(image)} hangs over ${name(around)}`);
    }
    for (const [at, one] of lines.entries())
      for (const other of lines.slice(at + 1)) {
        // What is written, without the room a font keeps above and below it.
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const [a, b] = [inkOf(one), inkOf(other)];
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (one.on === other.on && across > 2 && down > 2)
          found.push(`${name(one.element)} and ${name(other.element)} stand on each other`);
      }
    // A villager's screen offers at most two things to do; a board counts as one, and holds no more than nine pictures.
    const count = (within: string, what: string, most: number) => {
      for (const place of document.querySelectorAll(within)) {
        const offered = [...place.querySelectorAll(what)].filter(seen);
        if (offered.length > most && !dense(place)) found.push(`${name(place)} offers ${offered.length} things`);
      }
    };
    count(".screen-actions, .sheet-actions", ".press", 2);
    count(".board, .check-cards", ".press", 9);
    count(".answers", ".press", 3);
    for (const image of document.images) if (image.naturalWidth === 0) found.push(`${image.src} is not there`);
    const labels = [...document.querySelectorAll("[aria-label], img[alt]")].map(
      (element) => element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "",
    );
    // Models, ports, lots and names of people are the same in every language.
    const own = [...document.querySelectorAll<HTMLElement>("[translate=no]")];
    for (const element of own) element.style.visibility = "hidden";
    const words = [document.body.innerText, ...labels].join("\n");
    for (const element of own) element.style.removeProperty("visibility");
    return { wrong: [...new Set(found)], words };
  }, grown);
  const lost =
    words.match(/undefined|NaN|\[object|[{}]|\b(?:kiosk|ui|prep|bp|glu|lipid|em|foot|call|tech|qc|doc)\.[a-z]\w*/gu) ??
    [];
  const own = words.replaceAll(data, "").replaceAll(signs, "").replaceAll("中文", "");
  const foreign = (language === "en" ? own.match(/.*\p{sc=Han}.*/gu) : own.match(/.*[A-Za-z]{2,}.*/gu)) ?? [];
  return [
    ...wrong,
    ...lost.map((word) => `a text is missing: ${word}`),
    ...[...new Set(foreign)].map((line) => `not in ${language}: ${line}`),
  ];
}

/** What can be pressed and is not in the lower half, where a hand from a wheelchair reaches. Under a question only its own. */
export async function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scope = document.querySelector(".cover") ?? document.body;
    return [...scope.querySelectorAll(".press")]
      .filter((press) => press.checkVisibility() && press.getBoundingClientRect().top < innerHeight / 2 - 1)
      .map(
        (press) => `"${press.textContent.slice(0, 24)}" begins at ${press.getBoundingClientRect().top.toFixed(0)} px`,
      );
  });
}
