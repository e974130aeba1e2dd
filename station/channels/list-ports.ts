import { access, readdir, readFile, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { PortInfo } from "./channel.ts";

/** Kernel names of serial lines: USB bridges, USB modems, boards, phones' radio links, the PC's own. */
const serialName = /^tty(USB|ACM|AMA|S|XRUSB|WCH)\d+$|^rfcomm\d+$/;

/** Where the system keeps what is read here; a test hands in a tree of its own. */
export interface Roots {
  readonly dev: string;
  readonly sys: string;
}
export const systemRoots: Roots = { dev: "/dev", sys: "/sys" };

/**
 * Serial ports of a Linux machine, read from /dev and /sys alone: `SerialPort.list()` runs `udevadm`, which minimal
 * systems lack (it throws there), and which is far too much for twice a second. `configured` paths (pseudo-terminals,
 * links) are listed whenever they exist.
 */
export async function listLinuxPorts(
  configured: Iterable<string>,
  roots: Roots = systemRoots,
): Promise<readonly PortInfo[]> {
  const names = (await entriesOf(roots.dev)).filter((name) => serialName.test(name)).sort();
  const aliases = await aliasesOf(join(roots.dev, "serial/by-id"));
  const real = await Promise.all(
    names.map(async (name): Promise<PortInfo | undefined> => {
      const path = join(roots.dev, name);
      if (name.startsWith("ttyS") && !(await hasUart(name, roots))) return undefined;
      const usb = await usbOf(name, roots);
      const alias = aliases.get(path);
      return { path, ...(alias === undefined ? {} : { alias }), ...(usb === undefined ? {} : { usb }) };
    }),
  );
  const found = real.filter((port) => port !== undefined);
  const known = new Set(found.flatMap((port) => [port.path, ...(port.alias === undefined ? [] : [port.alias])]));
  const others = await Promise.all(
    [...new Set(configured)]
      .filter((path) => !known.has(path))
      .map(async (path) => ((await exists(path)) ? [{ path }] : [])),
  );
  return [...found, ...others.flat()];
}

/** The kernel makes ttyS0 to ttyS31 whether or not there is a chip; `type` 0 means there is none. Unknown counts as none. */
async function hasUart(name: string, { sys }: Roots): Promise<boolean> {
  const type = await textOf(join(sys, "class/tty", name, "type"));
  return type !== undefined && type !== "0";
}

/** The USB device above the line's interface: the first folder upwards that has an `idVendor`. */
async function usbOf(name: string, { sys }: Roots): Promise<PortInfo["usb"]> {
  const device = await realpath(join(sys, "class/tty", name, "device")).catch(() => undefined);
  if (device === undefined) return undefined;
  for (let folder = device, steps = 0; steps < 4; folder = dirname(folder), steps++) {
    const vendorId = await textOf(join(folder, "idVendor"));
    const productId = await textOf(join(folder, "idProduct"));
    if (vendorId === undefined || productId === undefined) continue;
    const serialNumber = await textOf(join(folder, "serial"));
    return {
      vendorId: Number.parseInt(vendorId, 16),
      productId: Number.parseInt(productId, 16),
      ...(serialNumber === undefined ? {} : { serialNumber }),
    };
  }
  return undefined;
}

/** Device path → its stable link, where udev keeps such links. */
async function aliasesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const links = await Promise.all(
    (await entriesOf(folder)).map(async (name): Promise<readonly [string, string][]> => {
      const link = join(folder, name);
      const target = await readlink(link).catch(() => undefined);
      return target === undefined ? [] : [[join(dirname(dirname(folder)), basename(resolve(folder, target))), link]];
    }),
  );
  return new Map(links.flat());
}

const entriesOf = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);
const textOf = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").then(
    (text) => text.trim(),
    () => undefined,
  );
/** A link whose target is gone does not exist. */
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
