import type { ConsultKit } from "./call.ts";

/** Camera and talks come with the first call, not with the first screen. */
export async function loadKit(): Promise<ConsultKit> {
  const [
    { openCamera, closeCamera, openMicrophone, openPicture },
    { openPeer },
    { openRoom },
    { openTalks },
    voice,
    { takeStill },
    { warmUp },
  ] = await Promise.all([
    import("../consult/camera.ts"),
    import("../consult/peer.ts"),
    import("../consult/room.ts"),
    import("./talks.ts"),
    import("../consult/voice-note.ts"),
    import("../consult/still.ts"),
    import("../consult/warm-up.ts"),
  ]);
  warmUp();
  return {
    openCamera,
    closeCamera,
    openTalks: (parts) => openTalks({ openPeer, openRoom }, parts),
    openMicrophone,
    openPicture,
    recordVoice: voice.recordVoice,
    takeStill,
  };
}
