import type { ConsultKit } from "./call.ts";

/** Camera and peer come with the first call, not with the first screen. */
export async function loadKit(): Promise<ConsultKit> {
  const [{ openCamera, closeCamera }, { openPeer }] = await Promise.all([
    import("../consult/camera.ts"),
    import("../consult/peer.ts"),
  ]);
  return { openCamera, closeCamera, openPeer };
}
