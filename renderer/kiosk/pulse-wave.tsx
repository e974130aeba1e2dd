import { useEffect, useRef } from "react";
import type { WaveKind } from "../../core/domain/outcome.ts";
import { useText } from "../parts/language.tsx";
import type { Live } from "./live.ts";
import { createSweep, type Sweep } from "./sweep.ts";

/**
 * A live curve, drawn by sweep. Samples go from the event to the canvas: they are collected, and drawn in the next picture
 * of the screen, once per picture. React draws the empty canvas and is not asked again.
 */
export function PulseWave({ live, of }: { readonly live: Live; readonly of: WaveKind }) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const held = canvas.current;
    const paint = held?.getContext("2d");
    if (held === null || !paint) return;
    let sweep: Sweep | undefined;
    let waiting: number[] = [];
    let asked: number | undefined;

    const fit = () => {
      const { width, height } = held.getBoundingClientRect();
      const dots = globalThis.devicePixelRatio;
      held.width = Math.max(1, Math.round(width * dots));
      held.height = Math.max(1, Math.round(height * dots));
      const style = getComputedStyle(held);
      paint.strokeStyle = style.color;
      paint.lineWidth = Math.max(2, Number.parseFloat(style.fontSize) * dots * 0.17);
      paint.lineCap = "round";
      paint.lineJoin = "round";
      sweep = createSweep(held.width, held.height);
    };
    const draw = () => {
      asked = undefined;
      const step = sweep?.advance(waiting);
      waiting = [];
      if (step === undefined) return;
      for (const { x, width } of step.clear) paint.clearRect(x, 0, width, held.height);
      paint.beginPath();
      for (const { x0, y0, x1, y1 } of step.strokes) {
        paint.moveTo(x0, y0);
        paint.lineTo(x1, y1);
      }
      paint.stroke();
    };
    const size = new ResizeObserver(fit);
    size.observe(held);
    fit();
    const leave = live.listenWave(of, (samples) => {
      waiting.push(...samples);
      asked ??= requestAnimationFrame(draw);
    });
    return () => {
      leave();
      size.disconnect();
      if (asked !== undefined) cancelAnimationFrame(asked);
    };
  }, [live, of]);
  return (
    <canvas ref={canvas} className="wave" role="img" aria-label={text("kiosk.live.pulseWave")} data-testid="wave" />
  );
}
