import type { ReactNode } from "react";
import type { RoomSeat, RoomView } from "../../../core/contract/hub-rooms.ts";
import { RoomGrid } from "../../consult/RoomGrid.tsx";
import { useText } from "../../parts/language.tsx";

/** The room as the desk shows it: names, parts, and who is not in yet. */
export function DeskRoom(props: {
  readonly room: RoomView;
  readonly parties: ReadonlyMap<string, MediaStream>;
  readonly local: MediaStream | null;
  readonly children?: ReactNode;
}) {
  const text = useText();
  const { room, parties, local } = props;
  const roleOf = ({ role }: RoomSeat) => text(`desk.role.${role}`);
  return (
    <RoomGrid
      room={room}
      parties={parties}
      local={local}
      selfLabel={text("desk.call.self")}
      playLabel={text("desk.call.play")}
      label={(seat) => seat.name ?? roleOf(seat)}
      caption={(seat) => (
        <>
          {seat.name} <span className="tag">{roleOf(seat)}</span>
          {seat.muted && <span className="tag">{text("desk.people.muted")}</span>}
          {!seat.up && <span className="tag tag-warn">{text("desk.people.joining")}</span>}
        </>
      )}
    >
      {room.observed && <span className="tag tag-warn room-observed">{text("desk.room.observed")}</span>}
      {props.children}
    </RoomGrid>
  );
}
