/**
 * How loud it is around the microphone, 25 times a second, as the root mean square of the samples: 0 silence, 1 the loudest
 * a microphone can tell. Nothing is recorded and nothing leaves this function but the one number. Undefined where there is
 * no microphone or it may not be used: then nothing is claimed. The answer ends it and lets the microphone go.
 */
export async function listenToRoom(hear: (level: number) => void): Promise<(() => void) | undefined> {
  const stream = await microphone();
  if (stream === undefined) return undefined;
  const letGo = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      hear(Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
    }, 40);
    return () => {
      clearInterval(timer);
      letGo();
      void context.close();
    };
  } catch {
    // A machine without sound hardware has no context, whatever its microphone says.
    letGo();
    return undefined;
  }
}

/** As it is: a gain that adapts itself would make a silent room loud. */
const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

async function microphone(): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: plain });
  } catch {
    // Refused, missing, in use; or no `mediaDevices` at all, as on pages without a secure origin.
    return undefined;
  }
}
