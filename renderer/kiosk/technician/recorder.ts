/** A sentence is shorter; a recorder that was forgotten ends here. */
const longestMs = 30_000;
const form = "audio/webm;codecs=opus";

export interface Recording {
  /** Settles when it was stopped or ended by itself. The microphone is free then. */
  readonly sound: Promise<Blob>;
  stop(): void;
}

/** Begins to record from the microphone. Rejects when there is none, or when it may not be used. */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  });
  const recorder = new MediaRecorder(stream, { mimeType: form, audioBitsPerSecond: 48_000 });
  const pieces: Blob[] = [];
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const late = setTimeout(stop, longestMs);
  const sound = new Promise<Blob>((done) => {
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      clearTimeout(late);
      for (const track of stream.getTracks()) track.stop();
      done(new Blob(pieces, { type: form }));
    });
  });
  recorder.start();
  return { sound, stop };
}

/** The bytes as base64, as the contract carries them. */
export async function base64Of(sound: Blob): Promise<string> {
  const bytes = new Uint8Array(await sound.arrayBuffer());
  let text = "";
  // In pieces: an argument list has an end.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
