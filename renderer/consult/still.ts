import type { FaultCode } from "../../core/domain/faults.ts";
import { closeCamera } from "./camera.ts";

/** A picture for a doctor's eye, and a small one that is there first. JPEG. */
export interface Still {
  readonly width: number;
  readonly height: number;
  readonly full: Uint8Array<ArrayBuffer>;
  readonly preview: Uint8Array<ArrayBuffer>;
}

export type StillTaken =
  | { readonly ok: true; readonly still: Still }
  | { readonly ok: false; readonly code: Extract<FaultCode, "consult.camera"> };

/** A clinical picture has at least so many (M4). */
export const leastPixels = 1_000_000;
const previewWidth = 320;
/** What a line of 100 kbit/s brings in well under a minute beside a voice (M4); a thinner one is asked for less. */
const mostBytes = 320_000;
const leastBytes = 60_000;
/** By its bytes alone; some are lost twice. */
const arrivesInS = 36;

/** How big a picture may be that is there in under a minute: `rate` is what of its pieces arrives, bit/s. */
export const stillBytes = (rate: number): number =>
  Math.round(Math.min(Math.max((rate * arrivesInS) / 8, leastBytes), mostBytes));
const qualities = [0.85, 0.7, 0.55, 0.4, 0.3] as const;

/** Opens the camera once more at its full size, beside the call's own small picture, and lets it go. */
export async function takeStill(most: number = mostBytes): Promise<StillTaken> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1920 }, height: { ideal: 1080 } } });
  } catch {
    return { ok: false, code: "consult.camera" };
  }
  try {
    const video = document.createElement("video");
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    const { videoWidth: width, videoHeight: height } = video;
    if (width * height < leastPixels) return { ok: false, code: "consult.camera" };
    const full = await drawn(video, width, height, most);
    const preview = await drawn(video, previewWidth, Math.round((height * previewWidth) / width), mostBytes);
    video.srcObject = null;
    return { ok: true, still: { width, height, full, preview } };
  } catch {
    return { ok: false, code: "consult.camera" };
  } finally {
    closeCamera(stream);
  }
}

/** Finest first, until it fits; the coarsest is taken as it is. */
async function drawn(
  video: HTMLVideoElement,
  width: number,
  height: number,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(video, 0, 0, width, height);
  let last = new Uint8Array();
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!blob) throw new Error("no picture");
    last = new Uint8Array(await blob.arrayBuffer());
    if (last.length <= most) break;
  }
  return last;
}
