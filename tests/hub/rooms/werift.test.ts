import { startWerift } from "../../../hub/rooms/werift/engine.ts";
import { roomSuite } from "./suite.ts";

const processes: number[] = [];

roomSuite({
  name: "the embedded worker",
  start: startWerift((pid) => void processes.push(pid)),
  processes,
  keepsRed: true,
});
