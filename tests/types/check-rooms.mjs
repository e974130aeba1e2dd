// Compiles every room by its own tsconfig, two at a time; prints what fails and nothing else.
import { spawn } from "node:child_process";

const rooms = ["core", "drivers", "station", "hub", "electron", "renderer", "tests"];
let failed = false;
const one = (room) =>
  new Promise((done) => {
    const tsc = spawn(process.execPath, ["node_modules/typescript/bin/tsc", "-p", room, "--pretty", "false"]);
    let said = "";
    tsc.stdout.on("data", (text) => (said += text));
    tsc.stderr.on("data", (text) => (said += text));
    tsc.on("close", (code) => {
      if (code !== 0) {
        failed = true;
        process.stdout.write(`room ${room} does not compile:\n${said}`);
      }
      done();
    });
  });
const waiting = [...rooms];
const worker = async () => {
  for (let room = waiting.shift(); room !== undefined; room = waiting.shift()) await one(room);
};
await Promise.all([worker(), worker()]);
process.exitCode = failed ? 1 : 0;
