/** A voice recorded where no line carries it live; goes as a blob. Opus, about 90 kB each minute. */
export interface VoiceNote {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ms: number;
}

export interface Recording {
  /** Ends it. Undefined when nothing was heard. */
  stop(): Promise<VoiceNote | undefined>;
  /** Ends it and keeps nothing. */
  drop(): void;
}

const bitsPerSecond = 12_000;
/** It stops by itself then: a note is listened to by somebody with a queue. */
export const longestNoteMs = 120_000;

/** Records the microphone of a stream that stays its owner's. `onEnd`: it stopped by itself. */
export function recordVoice(
  stream: MediaStream,
  onEnd: () => void,
  longestMs: number = longestNoteMs,
): Recording | undefined {
  const tracks = stream.getAudioTracks().filter(({ readyState }) => readyState === "live");
  const type = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"].find((one) => MediaRecorder.isTypeSupported(one));
  if (tracks.length === 0 || type === undefined) return undefined;
  const recorder = new MediaRecorder(new MediaStream(tracks), { mimeType: type, audioBitsPerSecond: bitsPerSecond });
  const chunks: Blob[] = [];
  const beganAt = performance.now();
  let ms = 0;
  const ended = new Promise<void>((done) => {
    recorder.addEventListener("stop", () => done(), { once: true });
  });
  recorder.addEventListener("dataavailable", ({ data }) => void chunks.push(data));
  const end = () => {
    clearTimeout(timer);
    if (recorder.state === "inactive") return;
    ms = Math.round(performance.now() - beganAt);
    recorder.stop();
  };
  const timer = setTimeout(() => {
    end();
    onEnd();
  }, longestMs);
  recorder.start();
  return {
    async stop() {
      end();
      await ended;
      const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
      return bytes.length === 0 ? undefined : { type, bytes, ms };
    },
    drop() {
      end();
      chunks.splice(0);
    },
  };
}
