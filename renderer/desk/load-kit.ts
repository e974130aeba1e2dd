import type { ConsultKit } from "./round.ts";

/** Media code is loaded when the first call is made; the sign-in page does not wait for it. */
export async function loadKit(): Promise<ConsultKit> {
  const [{ openCamera }, { openPeer }, { openRoom }, { warmUp }] = await Promise.all([
    import("../consult/camera.ts"),
    import("../consult/peer.ts"),
    import("../consult/room.ts"),
    import("../consult/warm-up.ts"),
  ]);
  warmUp();
  return { openCamera, openPeer, openRoom };
}
