import { useEffect, useRef, useState, type ReactNode } from "react";

/**
 * The other side big, our own picture small and mirrored. The big element also plays the voice: without a playing element
 * Chromium decodes no sound at all. A page that may not play yet (reloaded, nobody touched it) calls `blocked`.
 */
export function VideoPair(props: {
  readonly remote: MediaStream | null;
  readonly local: MediaStream | null;
  readonly remoteLabel: string;
  readonly localLabel: string;
  /** Shown when the browser wants a touch before it plays sound. */
  readonly playLabel: string;
  readonly children?: ReactNode;
}) {
  const remote = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);

  const play = () => {
    void remote.current?.play().then(
      () => setBlocked(false),
      (error: unknown) => setBlocked(error instanceof DOMException && error.name === "NotAllowedError"),
    );
  };

  useEffect(() => {
    if (!remote.current) return;
    remote.current.srcObject = props.remote;
    if (props.remote) play();
  }, [props.remote]);

  return (
    <div className="video-pair">
      <video
        ref={remote}
        className="video-remote"
        data-testid="video-remote"
        autoPlay
        playsInline
        aria-label={props.remoteLabel}
      />
      <SelfView stream={props.local} label={props.localLabel} />
      {props.children}
      {blocked && (
        <button type="button" className="video-play" onClick={play}>
          {props.playLabel}
        </button>
      )}
    </div>
  );
}

function SelfView({ stream, label }: { readonly stream: MediaStream | null; readonly label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  if (!stream || stream.getVideoTracks().length === 0) return null;
  return (
    <video ref={video} className="video-self" data-testid="video-self" autoPlay playsInline muted aria-label={label} />
  );
}
