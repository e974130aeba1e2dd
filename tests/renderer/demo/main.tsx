/// <reference types="vite/client" />
import { createRoot } from "react-dom/client";
import "../../../renderer/parts/tokens.css";
import "../../../renderer/parts/parts.css";
import "../../../renderer/kiosk/kiosk.css";
import "../../../renderer/kiosk/kiosk-over.css";
import "../../../renderer/kiosk/screens.css";
import "../../../renderer/kiosk/screens-checks.css";
import "../../../renderer/kiosk/screens-prepare.css";
import "../../../renderer/kiosk/screens-measure.css";
import "../../../renderer/kiosk/screens-leaving.css";
import "../../../renderer/kiosk/screens-emergency.css";
import "../../../renderer/kiosk/screens-arrive.css";
import "../../../renderer/kiosk/screens-results.css";
import "../../../renderer/kiosk/screens-landscape.css";
import "../../../renderer/kiosk/lower-half.css";
import "../../../renderer/kiosk/lower-half-landscape.css";
import "../../../renderer/kiosk/large-text.css";
import "../../../renderer/kiosk/large-screens.css";
import type { Check } from "../../../core/contract/views.ts";
import type { Peer, PeerOptions } from "../../../renderer/consult/peer.ts";
import type { Room, RoomOptions } from "../../../renderer/consult/room.ts";
import type { Still } from "../../../renderer/consult/still.ts";
import type { ConsultKit } from "../../../renderer/kiosk/call.ts";
import { createEngine } from "../../../renderer/kiosk/engine.ts";
import { Kiosk } from "../../../renderer/kiosk/kiosk.tsx";
import { openTalks } from "../../../renderer/kiosk/talks.ts";
import type { Voice } from "../../../renderer/kiosk/voice/voice.tsx";
import { fakeStation } from "../fake-station.ts";
import type { FakeOptions, FakeStation } from "../fake-world.ts";

/** What the fragment may ask for, as JSON. */
export interface DemoOptions extends FakeOptions {
  readonly noCamera?: boolean;
}

/** The kiosk page over a fake station, for looking at every screen: options come as JSON in the fragment. */
declare global {
  interface Window {
    fake: FakeStation;
    /** What the voice was asked to say, by key, oldest first; "louder", "repeat" and "reset" among it. */
    said: string[];
    /** As the doctor of the call. */
    askMeasure: (of: Check) => void;
    /** The doctor heard a yes to what was asked last. */
    hearYes: () => void;
    /** Somebody of the room is seen. */
    partyCame: (seat: string) => void;
  }
}

/** A moving picture made on a canvas, in place of a doctor or a camera. */
function painted(words: string, color: string): MediaStream {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const paint = canvas.getContext("2d");
  setInterval(() => {
    if (!paint) return;
    paint.fillStyle = color;
    paint.fillRect(0, 0, 640, 480);
    paint.fillStyle = "#ffffff";
    paint.font = "72px sans-serif";
    paint.fillText(words, 200 + 20 * Math.sin(Date.now() / 500), 260);
  }, 66);
  return canvas.captureStream(15);
}

async function paintedStill(): Promise<Still> {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 960 });
  const paint = canvas.getContext("2d");
  if (paint) Object.assign(paint, { fillStyle: "#8b6b5f" }).fillRect(0, 0, 1280, 960);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.6));
  const full = new Uint8Array(await (blob ?? new Blob()).arrayBuffer());
  return { width: 1280, height: 960, full, preview: full };
}

const options = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}") as DemoOptions;

const kit: ConsultKit = {
  openCamera: async () =>
    options.noCamera === true
      ? { ok: false, code: "consult.camera" }
      : { ok: true, stream: painted("resident", "#6b8f71") },
  openMicrophone: async () =>
    options.noCamera === true
      ? { ok: false, code: "consult.camera" }
      : { ok: true, stream: painted("resident", "#6b8f71") },
  recordVoice: () => ({
    stop: async () => ({ type: "audio/webm;codecs=opus", bytes: new Uint8Array(100), ms: 2_000 }),
    drop: () => undefined,
  }),
  openPicture: async () => undefined,
  takeStill: async () =>
    options.noCamera === true ? { ok: false, code: "consult.camera" } : { ok: true, still: await paintedStill() },
  closeCamera: (stream) => stream.getTracks().forEach((track) => track.stop()),
  openTalks: (parts) => openTalks({ openPeer, openRoom }, parts),
};

function openPeer({ onRemote, onFirstFrame, onAsk }: PeerOptions): Peer {
  let ask = "";
  window.askMeasure = (of) => {
    ask = crypto.randomUUID();
    onAsk?.({ kind: "askMeasure", ask, of });
  };
  window.hearYes = () => onAsk?.({ kind: "askSaid", ask, heardBy: { id: "d", name: "林" } });
  onRemote(painted("doctor", "#35506b"));
  onFirstFrame();
  return {
    hear: () => undefined,
    sendLive: () => undefined,
    sendAsk: () => undefined,
    lineHealed: () => undefined,
    setIceServers: () => undefined,
    limit: () => undefined,
    sendBlob: () => undefined,
    keepBack: () => undefined,
    arrivalRate: () => 20_000,
    setPicture: () => undefined,
    close: () => undefined,
    badLive: 0,
  };
}

/** Everybody of the room, each in a color of their own; who is there is told by the station's room. */
function openRoom({ onParty }: RoomOptions): Room {
  const colors = ["#35506b", "#6b4f35", "#4f356b", "#356b5c"];
  window.partyCame = (seat) => onParty(seat, painted(seat, colors.shift() ?? "#555555"));
  return {
    hear: () => undefined,
    lineHealed: () => undefined,
    moved: () => undefined,
    setPicture: () => undefined,
    arrived: async () => new Map(),
    sent: async () => 0,
    close: () => undefined,
  };
}

window.fake = fakeStation(options);
window.said = [];
const voice: Voice = {
  say: (sentences) =>
    window.said.push(
      ...sentences.map(({ key, values }) => (values?.["n"] === undefined ? key : `${key} ${values["n"]}`)),
    ),
  repeat: () => window.said.push("repeat"),
  louder: () => window.said.push("louder"),
  heard: () => true,
  stop: () => undefined,
  hold: () => () => undefined,
  reset: () => void window.said.push("reset"),
};
const page = document.getElementById("page");
const door = window.fake.door();
if (page)
  createRoot(page).render(
    <Kiosk door={door} engine={createEngine({ door, loadKit: async () => kit })} voice={voice} />,
  );
