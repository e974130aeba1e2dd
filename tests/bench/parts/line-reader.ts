/**
 * The far ends that byte2pixel compares the product with, each a process of its own as the station is. `floor`: when a byte
 * reaches the program, and nothing else. `peer`: serialport's Readline, JSON over a socket to a page. Prints `ready`; on
 * SIGTERM the floor prints its list. Arguments: which one, its terminal, and the port of the socket.
 */
import { ReadlineParser, SerialPort } from "serialport";
import { WebSocketServer } from "ws";

const [, , role = "", path = "", port = "0"] = process.argv;
const now = (): number => performance.timeOrigin + performance.now();
const serial = new SerialPort({ path, baudRate: 115_200, hupcl: false });
serial.once("open", () => process.stdout.write("ready\n"));
// Before the parser's own listener: the time is that of the bytes.
let at = 0;
serial.on("data", () => (at = now()));
const lines = serial.pipe(new ReadlineParser({ delimiter: "\n" }));

if (role === "floor") {
  const heard: [number, number][] = [];
  lines.on("data", (line: string) => heard.push([Number(line), at]));
  process.once("SIGTERM", () => process.stdout.write(`${JSON.stringify(heard)}\n`, () => process.exit(0)));
} else {
  const sockets = new WebSocketServer({ host: "127.0.0.1", port: Number(port) });
  lines.on("data", (line: string) => {
    for (const socket of sockets.clients) socket.send(JSON.stringify({ kind: "progress", value: Number(line) }));
  });
  process.once("SIGTERM", () => process.exit(0));
}
