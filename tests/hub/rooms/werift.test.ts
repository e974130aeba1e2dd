import { startWerift } from "../../../hub/rooms/werift/engine.ts";
import { roomSuite } from "./suite.ts";

let worker = 0;

roomSuite({
  name: "the embedded worker",
  start: startWerift((pid) => (worker = pid)),
  kill: () => void process.kill(worker, "SIGKILL"),
  keepsRed: true,
});
