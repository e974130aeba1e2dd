import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { z } from "zod";

export const janusPath = "/usr/bin/janus";

/** What must not be known outside: who has these may do everything with the rooms. */
export interface JanusSecrets {
  readonly api: string;
  /** Without it nobody creates a room. */
  readonly admin: string;
}

/** Why Janus cannot be used here, for people who look after the machine; undefined when it can. */
export function whyNoJanus(): string | undefined {
  try {
    accessSync(janusPath, constants.X_OK);
  } catch {
    return "janus is not installed";
  }
  // It skips loopback and then refuses every description (realtime.md §4.3).
  return interfacesForMedia().length === 0 ? "janus needs an address beside loopback" : undefined;
}

/** Every interface with an address of its own: parties that arrive at one that is not listed never connect, silently. */
export function interfacesForMedia(): readonly string[] {
  return Object.entries(networkInterfaces()).flatMap(([name, some]) =>
    (some ?? []).some(({ internal, family }) => !internal && family === "IPv4") ? [name] : [],
  );
}

const libraryFolders = ["/usr/lib/x86_64-linux-gnu/janus", "/usr/lib/aarch64-linux-gnu/janus", "/usr/lib/janus"];

/** Writes a configuration with one plugin, one transport on loopback and no admin interface. Answers its folder. */
export function writeJanusConfig(folder: string, port: number, secrets: JanusSecrets): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const library = libraryFolders.find((path) => isFolder(path)) ?? libraryFolders[0] ?? "";
  const all = (kind: string) => (isFolder(join(library, kind)) ? readdirSync(join(library, kind)) : []);
  const others = (kind: string, but?: string) =>
    all(kind)
      .filter((name) => name.endsWith(".so") && name !== but)
      .join(",");
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o600 });
  put(
    "janus.jcfg",
    `general: {
  configs_folder = "${folder}"
  plugins_folder = "${join(library, "plugins")}"
  transports_folder = "${join(library, "transports")}"
  events_folder = "${join(library, "events")}"
  loggers_folder = "${join(library, "loggers")}"
  debug_level = 2
  api_secret = "${secrets.api}"
  admin_secret = "${secrets.admin}"
  session_timeout = 60
  reclaim_session_timeout = 20
  event_loops = 2
}
media: {
  ipv6 = false
  rtp_port_range = "49152-65535"
}
nat: {
  nice_debug = false
  full_trickle = false
  ice_enforce_list = "${interfacesForMedia().join(",")}"
}
plugins: { disable = "${others("plugins", "libjanus_videoroom.so")}" }
transports: { disable = "${others("transports", "libjanus_websockets.so")}" }
loggers: { disable = "${others("loggers")}" }
events: { broadcast = false }
`,
  );
  put(
    "janus.transport.websockets.jcfg",
    `general: { json = "compact", ws = true, ws_ip = "127.0.0.1", ws_port = ${port}, wss = false, ws_logging = "none" }
admin: { admin_ws = false, admin_wss = false }
`,
  );
  put(
    "janus.plugin.videoroom.jcfg",
    `general: { admin_key = "${secrets.admin}", string_ids = true, events = false }\n`,
  );
  return folder;
}

const ownerSchema = z.object({ hub: z.int(), janus: z.int() });

/** Notes which process of which hub runs from `folder`, for a hub that comes after a crash. */
export function claimFolder(folder: string, janus: number): void {
  writeFileSync(join(folder, "owner.json"), JSON.stringify({ hub: process.pid, janus }), { mode: 0o600 });
}

/** Ends what hubs that are no more left running, and forgets their folders; a folder of a living hub stays. */
export function reapLeftovers(base: string): void {
  if (!isFolder(base)) return;
  for (const name of readdirSync(base)) {
    const folder = join(base, name);
    const owner = readOwner(folder);
    if (owner && isAlive(owner.hub)) continue;
    if (owner && runsFrom(owner.janus, folder)) process.kill(owner.janus, "SIGKILL");
    if (owner) rmSync(folder, { recursive: true, force: true });
  }
}

function readOwner(folder: string): z.infer<typeof ownerSchema> | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Process numbers come again: only one that was started with this very folder is ours. */
function runsFrom(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8").includes(folder);
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
