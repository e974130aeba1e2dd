import type { ConsultKit } from "./call.ts";

/** Camera and peer come with the first call, not with the first screen. */
export async function loadKit(): Promise<ConsultKit> {
  const [{ openCamera, closeCamera, openMicrophone }, { openPeer }, { recordVoice }, { takeStill }] = await Promise.all(
    [
      import("../consult/camera.ts"),
      import("../consult/peer.ts"),
      import("../consult/voice-note.ts"),
      import("../consult/still.ts"),
    ],
  );
  return { openCamera, closeCamera, openPeer, openMicrophone, recordVoice, takeStill };
}
