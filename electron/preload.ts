import { ipcRenderer } from "electron";
import { relayPort } from "./relay.ts";

relayPort(window as unknown as Parameters<typeof relayPort>[0], {
  send: (channel) => ipcRenderer.send(channel),
  on: (channel, hear) => void ipcRenderer.on(channel, (event) => hear(event)),
});
