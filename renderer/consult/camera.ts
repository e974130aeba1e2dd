import type { FaultCode } from "../../core/domain/faults.ts";

export type Camera =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly code: Extract<FaultCode, "consult.camera"> };

const picture = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15, max: 15 } };
const voice = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Camera and microphone, 640×480 at 15 pictures a second. Without a camera the microphone alone: a consult lives by
 * voice. `consult.camera` when there is neither, or the person said no; the caller then only watches and listens.
 * The caller ends it with `closeCamera`, or hands it to a peer, which ends it on close.
 */
export async function openCamera(): Promise<Camera> {
  for (const wish of [{ video: picture, audio: voice }, { audio: voice }, { video: picture }]) {
    const stream = await tryToOpen(wish);
    if (stream) return { ok: true, stream };
  }
  return { ok: false, code: "consult.camera" };
}

/** The call's picture alone, where it was let go for a still: a camera that is open small stays small for everybody. */
export async function openPicture(): Promise<MediaStream | undefined> {
  return await tryToOpen({ video: picture });
}

/** The microphone alone, for a voice that is recorded. */
export async function openMicrophone(): Promise<Camera> {
  const stream = await tryToOpen({ audio: voice });
  return stream ? { ok: true, stream } : { ok: false, code: "consult.camera" };
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function tryToOpen(wish: MediaStreamConstraints): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getUserMedia(wish);
  } catch {
    // Refused, missing, in use; or no `mediaDevices` at all, as on pages without a secure origin.
    return undefined;
  }
}
