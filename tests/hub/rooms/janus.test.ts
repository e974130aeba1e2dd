import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { whyNoJanus } from "../../../hub/rooms/janus/config.ts";
import { startJanus } from "../../../hub/rooms/janus/engine.ts";
import { roomSuite } from "./suite.ts";

const folder = mkdtempSync(join(tmpdir(), "janus-rooms-"));
const processes: number[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

roomSuite({
  name: "Janus",
  start: startJanus(folder, (pid) => void processes.push(pid)),
  processes,
  keepsRed: false,
  missing: whyNoJanus(),
});
