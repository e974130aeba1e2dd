import { useEffect, useRef, useState, type ReactNode } from "react";
import type { RoomSeat, RoomView } from "../../../core/contract/hub-rooms.ts";
import { useText } from "../../parts/language.tsx";

/** Everybody of the room but oneself; who speaks is large. */
export function RoomGrid(props: {
  readonly room: RoomView;
  readonly parties: ReadonlyMap<string, MediaStream>;
  readonly local: MediaStream | null;
  readonly children?: ReactNode;
}) {
  const text = useText();
  const { room, parties } = props;
  const others = room.seats.filter(({ seat, role }) => seat !== room.you && role !== "observer");
  const speaker = others.find(({ seat }) => seat === room.speaker) ?? others[0];
  return (
    <div className="video-pair room" data-testid="room" data-count={others.length}>
      {others.map((seat) => (
        <Seat key={seat.seat} seat={seat} stream={parties.get(seat.seat)} large={seat === speaker} />
      ))}
      {props.local && (
        <figure className="room-seat room-self">
          <Picture stream={props.local} label={text("desk.call.self")} muted />
        </figure>
      )}
      {room.observed && <span className="tag tag-warn room-observed">{text("desk.room.observed")}</span>}
      {props.children}
    </div>
  );
}

function Seat(props: { readonly seat: RoomSeat; readonly stream: MediaStream | undefined; readonly large: boolean }) {
  const text = useText();
  const { seat, stream, large } = props;
  const role = text(`desk.role.${seat.role}`);
  return (
    <figure className={`room-seat ${large ? "room-large" : ""}`} data-testid="room-seat" data-seat={seat.seat}>
      <Picture stream={stream ?? null} label={seat.name ?? role} />
      <figcaption>
        {seat.name} <span className="tag">{role}</span>
        {seat.muted && <span className="tag">{text("desk.people.muted")}</span>}
        {!seat.up && <span className="tag tag-warn">{text("desk.people.joining")}</span>}
      </figcaption>
    </figure>
  );
}

function Picture(props: { readonly stream: MediaStream | null; readonly label: string; readonly muted?: boolean }) {
  const text = useText();
  const { stream, muted = false } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);
  const play = () => {
    void video.current?.play().then(
      () => setBlocked(false),
      (error: unknown) => setBlocked(error instanceof DOMException && error.name === "NotAllowedError"),
    );
  };
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    if (stream) play();
  }, [stream]);
  return (
    <>
      <video ref={video} autoPlay playsInline muted={muted} aria-label={props.label} />
      {blocked && (
        <button type="button" className="video-play" onClick={play}>
          {text("desk.call.play")}
        </button>
      )}
    </>
  );
}
