import { useEffect, useMemo, useRef, useState } from "react";
import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import type { RoomSeat } from "../../../core/contract/hub-rooms.ts";
import type { Recording } from "../../consult/voice-note.ts";
import { Icon } from "../../parts/icons.tsx";
import { useHeard } from "../../parts/heard.ts";
import { useText, type Text } from "../../parts/language.tsx";
import type { CallShown, DeskCall } from "../call.ts";
import type { HubDoor } from "../hub.ts";
import { useBlobAddress } from "../pages/blob-view.ts";
import { hour } from "../words.ts";
import type { HandedBlob } from "./handed.ts";
import "./handed.css";

/** Pictures and voice notes of the call, over the lower edge of the face; a note of one's own where the line carries no voice. */
export function HandedStrip({ call, shown }: { readonly call: DeskCall; readonly shown: CallShown }) {
  const { handed, line, talk, local, media, view } = shown;
  const isHeardLive =
    talk === "pair" ? media !== "connected" || line.own?.step !== "voiceNote" : brokenIn(shown) === undefined;
  const mayRecord = !isHeardLive && local !== null;
  const stills = handed.filter(({ kind }) => kind === "still");
  const notes = handed.filter(({ kind }) => kind === "voiceNote");
  if (handed.length === 0 && !mayRecord) return null;
  return (
    <div className="handed" data-testid="handed">
      {stills.map((still, nth) => (
        <Still key={still.id} door={call.door} still={still} nth={nth + 1} />
      ))}
      {notes.map((note) =>
        note.own ? (
          <OwnNote key={note.id} note={note} />
        ) : (
          <Note key={note.id} door={call.door} note={note} from={colleagueOf(view, note)} />
        ),
      )}
      {mayRecord && <Record local={local} send={(note) => call.leaveNote(note)} />}
    </div>
  );
}

/** Whose line carries no talk in a room now: the resident's, or one's own. */
export function brokenIn({ talk, room, media }: CallShown): "own" | "other" | undefined {
  if (talk !== "room" || room === undefined) return undefined;
  const isBroken = (which: (seat: RoomSeat) => boolean) => room.seats.some((one) => which(one) && one.broken === true);
  if (media === "lost" || isBroken(({ seat }) => seat === room.you)) return "own";
  return isBroken(({ role }) => role === "resident") ? "other" : undefined;
}

/** The name of a colleague who left it; undefined: the resident. */
function colleagueOf(view: CallShown["view"], { kept }: HandedBlob): string | undefined {
  return view?.participants.find(({ id, kind }) => kind === "person" && id === kept?.by)?.name;
}

const urlOf = (bytes: Uint8Array<ArrayBuffer>, type: string): string =>
  `data:${type};base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;

/** What never was at the hub is nothing to fetch from it. */
const nothing: BlobState = {
  blob: "",
  call: "",
  kind: "still",
  media: "",
  bytes: 0,
  hash: "",
  received: 0,
  whole: false,
  by: "",
  at: "",
};

/** From here, where it came; from the hub after a reload. */
function useAddress(door: HubDoor, { bytes, preview, type, kept }: HandedBlob): string | undefined {
  const here = bytes ?? preview;
  const fetched = useBlobAddress(door, here === undefined && kept ? kept : nothing);
  const own = useMemo(() => here && urlOf(here, type), [here, type]);
  return own ?? fetched;
}

function Still({ door, still, nth }: { readonly door: HubDoor; readonly still: HandedBlob; readonly nth: number }) {
  const text = useText();
  const address = useAddress(door, still);
  const [isOpen, setOpen] = useState(false);
  const { state, done, of, kept } = still;
  const label = text("desk.blob.still", { n: nth });
  const words = {
    coming: text("desk.blob.coming", { n: done, of }),
    lost: text("desk.blob.lost"),
    whole: kept ? text("desk.blob.kept") : text("desk.blob.keeping"),
  }[state];
  return (
    <>
      <button
        type="button"
        className="handed-still"
        data-testid="handed-still"
        data-state={state}
        data-kept={kept !== undefined}
        disabled={address === undefined}
        onClick={() => setOpen(true)}
      >
        {address !== undefined && <img src={address} alt={label} />}
        <span role="status">{words}</span>
        {state === "coming" && <progress max={of} value={done} aria-hidden="true" />}
      </button>
      {isOpen && address !== undefined && (
        <Large address={address} label={`${label} · ${words}`} close={() => setOpen(false)} />
      )}
    </>
  );
}

/** The whole picture over the whole page; any key that closes, closes it. */
function Large(props: { readonly address: string; readonly label: string; readonly close: () => void }) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="handed-large"
      aria-label={props.label}
      onClose={props.close}
      data-testid="handed-large"
    >
      <img src={props.address} alt={props.label} />
      <footer>
        <span>{props.label}</span>
        <button
          type="button"
          className="second small"
          onClick={() => dialog.current?.close()}
          data-testid="handed-close"
        >
          {text("desk.blob.close")}
        </button>
      </footer>
    </dialog>
  );
}

function Note(props: { readonly door: HubDoor; readonly note: HandedBlob; readonly from: string | undefined }) {
  const text = useText();
  const { door, note, from } = props;
  const { state, done, of, bytes, type, kept } = note;
  const fetched = useBlobAddress(door, bytes === undefined && kept ? kept : nothing);
  const here = useMemo(() => bytes && URL.createObjectURL(new Blob([bytes], { type })), [bytes, type]);
  useEffect(
    () => () => {
      if (here !== undefined) URL.revokeObjectURL(here);
    },
    [here],
  );
  const address = here ?? fetched;
  const words = {
    coming: text("desk.blob.voice.coming", { n: done, of }),
    lost: text("desk.blob.voice.lost"),
    whole: from === undefined ? text("desk.blob.voice") : `${from} · ${heardWords(text, note)}`,
  }[state];
  return (
    <div className="handed-note" data-testid="handed-note" data-state={state} data-kept={kept !== undefined}>
      <span role="status">{words}</span>
      {address !== undefined && <audio controls src={address} aria-label={words} />}
    </div>
  );
}

/** What the station told of it. */
function heardWords(text: Text, { kept }: HandedBlob): string {
  const at = kept?.heardAt;
  return at === undefined ? text("desk.blob.own.whole") : text("desk.blob.own.heard", { time: hour(at) });
}

function OwnNote({ note }: { readonly note: HandedBlob }) {
  const text = useText();
  const { state, done, of, kept } = note;
  return (
    <div
      className="handed-note"
      role="status"
      data-testid="handed-own"
      data-state={state}
      data-heard={kept?.heardAt !== undefined}
    >
      {state === "whole" ? heardWords(text, note) : text(`desk.blob.own.${state}`, { n: done, of })}
    </div>
  );
}

/** Records the microphone that is open for the talk: at this step it is not sent live. */
function Record(props: { readonly local: MediaStream; readonly send: (note: Note) => void }) {
  const text = useText();
  const [recording, setRecording] = useState<Recording>();
  const stop = async (held: Recording) => {
    setRecording(undefined);
    const note = await held.stop();
    if (note) props.send(note);
  };
  const start = async () => {
    const { recordVoice } = await import("../../consult/voice-note.ts");
    const made: Recording | undefined = recordVoice(props.local, () => made && void stop(made));
    setRecording(made);
  };
  useEffect(() => () => recording?.drop(), [recording]);
  useHeard("keydown", (event) => {
    if (event.key !== "Escape" || !recording) return;
    event.preventDefault();
    recording.drop();
    setRecording(undefined);
  });
  return (
    <button
      type="button"
      className={recording ? "stop small" : "main small"}
      data-testid="leave-note"
      onClick={() => void (recording ? stop(recording) : start())}
    >
      <Icon name="mic" />
      {recording ? text("desk.blob.stop") : text("desk.blob.record")}
    </button>
  );
}

type Note = NonNullable<Awaited<ReturnType<Recording["stop"]>>>;
