import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from "react";
import type { RoomSeat, RoomView } from "../../core/contract/hub-rooms.ts";
import "./room-grid.css";

/** Everybody of the room, and oneself last; who speaks is large. One element for each for the whole stay: no picture stops when another speaks. */
export function RoomGrid(props: {
  readonly room: RoomView;
  readonly parties: ReadonlyMap<string, MediaStream>;
  readonly local: MediaStream | null;
  readonly selfLabel: string;
  readonly label: (seat: RoomSeat) => string;
  /** Under the picture. */
  readonly caption: (seat: RoomSeat) => ReactNode;
  /** Shown when the browser wants a touch before it plays sound. */
  readonly playLabel: string;
  readonly children?: ReactNode;
}) {
  const { room, parties, playLabel } = props;
  const others = room.seats.filter(({ seat, role }) => seat !== room.you && role !== "observer");
  const speaker = others.find(({ seat }) => seat === room.speaker) ?? others[0];
  const local = props.local !== null && props.local.getVideoTracks().length > 0 ? props.local : undefined;
  const small = others.length - 1 + (local ? 1 : 0);
  return (
    <div className="video-pair room" data-testid="room" data-count={others.length}>
      <div className="room-seats" data-small={small} style={{ "--small": Math.max(small, 1) } as CSSProperties}>
        {others.map((seat) => (
          <figure
            key={seat.seat}
            className={`room-seat ${seat === speaker ? "room-large" : ""}`}
            data-testid="room-seat"
            data-role={seat.role}
            data-up={seat.up}
          >
            <Picture stream={parties.get(seat.seat) ?? null} label={props.label(seat)} playLabel={playLabel} />
            <figcaption>{props.caption(seat)}</figcaption>
          </figure>
        ))}
        {local && (
          <figure className="room-seat room-self" data-testid="room-self">
            <Picture stream={local} label={props.selfLabel} playLabel={playLabel} muted />
            <figcaption>{props.selfLabel}</figcaption>
          </figure>
        )}
      </div>
      {props.children}
    </div>
  );
}

function Picture(props: {
  readonly stream: MediaStream | null;
  readonly label: string;
  readonly playLabel: string;
  readonly muted?: boolean;
}) {
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
          {props.playLabel}
        </button>
      )}
    </>
  );
}
