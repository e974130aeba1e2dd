import type { RoomSeat, RoomView } from "../../core/contract/hub-rooms.ts";
import { RoomGrid } from "../consult/RoomGrid.tsx";
import { useText } from "../parts/language.tsx";
import { useShown } from "./use-kiosk.ts";
import "./call-room.css";

/** The room as the resident sees it: everybody with their part and name. */
export function CallRoom({ room }: { readonly room: RoomView }) {
  const text = useText();
  const { call } = useShown();
  const who = ({ role, name }: RoomSeat) => [text(`kiosk.party.${role}`), name].filter(Boolean).join(" ");
  return (
    <RoomGrid
      room={room}
      parties={call.parties}
      local={call.local ?? null}
      selfLabel={text("kiosk.consult.self")}
      playLabel={text("kiosk.go")}
      label={who}
      caption={who}
    />
  );
}
