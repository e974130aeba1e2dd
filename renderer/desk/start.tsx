import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LanguageProvider } from "../parts/language.tsx";
import { createDesk } from "./desk.ts";
import { DeskPage } from "./DeskPage.tsx";
import { connectHub } from "./hub.ts";
import type { ConsultKit } from "./round.ts";
import "../parts/tokens.css";
import "./desk.css";
import "./desk-layout.css";
import "./desk-alarms.css";
import "./desk-call.css";
import "./desk-record.css";

/** Media code is loaded when the first call is made; the sign-in page does not wait for it. */
async function loadKit(): Promise<ConsultKit> {
  const [camera, peer, room] = await Promise.all([
    import("../consult/camera.ts"),
    import("../consult/peer.ts"),
    import("../consult/room.ts"),
  ]);
  return { openCamera: camera.openCamera, openPeer: peer.openPeer, openRoom: room.openRoom };
}

const desk = createDesk({ connect: connectHub, loadKit, tab: sessionStorage });

const place = document.getElementById("desk");
if (!place) throw new Error("the page has no place for the desk");
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <DeskPage desk={desk} />
    </LanguageProvider>
  </StrictMode>,
);
