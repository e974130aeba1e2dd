/// <reference types="vite/client" />
import { createRoot } from "react-dom/client";
import UPlot from "uplot";
import "../../../renderer/parts/tokens.css";
import "../../../renderer/parts/parts.css";
import "./render.css";
import { createLive } from "../../../renderer/kiosk/live.ts";
import { PulseWave } from "../../../renderer/kiosk/pulse-wave.tsx";
import { samplesAcross } from "../../../renderer/kiosk/sweep.ts";
import { TenYears } from "./ten-years.tsx";
import { LanguageProvider } from "../../../renderer/parts/language.tsx";
import "../../../renderer/kiosk/own-words.ts";

/**
 * Four leads of 500 samples a second beside a trend of ten years, drawn in one of three ways by the fragment: `product`,
 * `uplot` (setData in each frame, over as many samples as the product shows), or `empty` (nothing but the loop).
 */
declare global {
  interface Window {
    /** Collects frame times for so long; answers the intervals between them, in ms. */
    frameTimes(ms: number): Promise<readonly number[]>;
  }
}

const leads = 4;
const perSecond = 500;
/** Samples come in pieces, as events come from a device. */
const pieceMs = 20;

let at = 0;
const sample = (lead: number): number =>
  Math.round(60 + 50 * Math.sin((at + lead * 40) / 37) * Math.sin((at + lead * 11) / 9));

function everyPiece(hear: (pieces: readonly (readonly number[])[]) => void): void {
  let told = performance.now();
  setInterval(() => {
    const count = Math.floor(((performance.now() - told) * perSecond) / 1_000);
    told += (count * 1_000) / perSecond;
    const pieces = Array.from({ length: leads }, (): number[] => []);
    for (let n = 0; n < count; n++, at++) for (const [lead, piece] of pieces.entries()) piece.push(sample(lead));
    if (count > 0) hear(pieces);
  }, pieceMs);
}

function Product() {
  const lives = Array.from({ length: leads }, createLive);
  everyPiece((pieces) => pieces.forEach((samples, lead) => lives[lead]?.pushWave("pulse", samples)));
  return (
    <LanguageProvider>
      {lives.map((live, lead) => (
        <PulseWave key={lead} live={live} of="pulse" />
      ))}
      <TenYears />
    </LanguageProvider>
  );
}

function peer(page: HTMLElement): void {
  const xs = Array.from({ length: samplesAcross }, (_, index) => index);
  const shown = Array.from({ length: leads }, (): (number | null)[] => xs.map(() => null));
  let pen = 0;
  everyPiece((pieces) => {
    const count = pieces[0]?.length ?? 0;
    pieces.forEach((piece, lead) =>
      piece.forEach((value, n) => {
        const line = shown[lead];
        if (line) line[(pen + n) % samplesAcross] = value;
      }),
    );
    pen = (pen + count) % samplesAcross;
  });
  const plots = shown.map((line) => {
    const place = page.appendChild(document.createElement("div"));
    place.className = "wave";
    const { width, height } = place.getBoundingClientRect();
    return new UPlot(
      {
        width,
        height,
        cursor: { show: false },
        legend: { show: false },
        scales: { x: { time: false }, y: { range: [0, 120] } },
        axes: [{ show: false }, { show: false }],
        series: [{}, { stroke: "#005f5c", width: 3, points: { show: false } }],
      },
      [xs, line],
      place,
    );
  });
  const draw = () => {
    plots.forEach((plot, lead) => plot.setData([xs, shown[lead] ?? []]));
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  createRoot(page.appendChild(document.createElement("div"))).render(<TenYears />);
}

window.frameTimes = (ms) =>
  new Promise((done) => {
    const times: number[] = [];
    const note = (now: number) => {
      times.push(now);
      if (now - (times[0] ?? now) < ms) requestAnimationFrame(note);
      else done(times.slice(1).map((time, index) => time - (times[index] ?? time)));
    };
    requestAnimationFrame(note);
  });

const page = document.getElementById("page");
if (page === null) throw new Error("the page has no root");
if (location.hash === "#product") createRoot(page).render(<Product />);
else if (location.hash === "#uplot") peer(page);
