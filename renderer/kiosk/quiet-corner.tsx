import type { ReactNode } from "react";
import { useHeard } from "../parts/heard.ts";
import { useHold } from "../parts/hold.ts";

const holdMs = 2_000;

/**
 * The technician's way in: the station's name held for two seconds, with a ring that fills; or Ctrl+Alt+S. It says
 * nothing to a resident, and nothing happens by a touch alone. `onOpen` absent: just the name.
 */
export function QuietCorner({
  onOpen,
  children,
}: {
  readonly onOpen: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  const { holding, props } = useHold(holdMs, () => onOpen?.());
  useHeard("keydown", (event) => {
    if (onOpen === undefined || !event.ctrlKey || !event.altKey || event.code !== "KeyS") return;
    event.preventDefault();
    onOpen();
  });
  const { onPointerDown, onPointerUp, onPointerLeave, onPointerCancel, onContextMenu } = props;
  const touch = onOpen && { onPointerDown, onPointerUp, onPointerLeave, onPointerCancel, onContextMenu };
  return (
    <div className="brand" data-testid="quiet-corner" data-holding={onOpen && holding ? "" : undefined} {...touch}>
      {children}
      {onOpen && holding && (
        <svg className="brand-ring" viewBox="0 0 40 40" aria-hidden="true">
          <circle cx="20" cy="20" r="17" pathLength="100" />
        </svg>
      )}
    </div>
  );
}
