import { access, constants, stat } from "node:fs/promises";
import { SerialPort } from "serialport";
import type { Clock } from "../../core/domain/time.ts";
import type { Channel, ChannelSource, OpenFault, Opened, PortInfo, SerialSettings } from "./channel.ts";
import { listLinuxPorts } from "./list-ports.ts";

/** How often an open port is looked at: whether it is still the one that was opened. */
const aliveMs = 200;
/** How often the list of ports is looked at: a port that returns is back well within two seconds. */
const pollMs = 500;

/**
 * Real serial ports. `configured`: paths that count as present whenever they exist (pseudo-terminals, links).
 *
 * DTR and RTS: nothing here sets them, and `hupcl: false` keeps DTR from dropping on close. Linux itself raises both when
 * a port is opened for the first time after plugging in; that cannot be helped from user space. The lock is `flock`
 * with `LOCK_EX` on the open file, so that a second program that asks is told the port is busy.
 */
export function serialChannels(options: {
  readonly clock: Clock;
  readonly configured: readonly string[];
}): ChannelSource {
  const list = (): Promise<readonly PortInfo[]> =>
    process.platform === "linux" ? listLinuxPorts(options.configured) : listByLibrary();
  return {
    open: (port, settings) => openSerial(port, settings, options.clock),
    list,
    watch(listener) {
      let left = false;
      let cancel = (): void => {};
      const look = async (): Promise<void> => {
        const ports = await list();
        if (left) return;
        listener(ports);
        cancel = options.clock.after(pollMs, () => void look());
      };
      void look();
      return () => {
        left = true;
        cancel();
      };
    },
  };
}

/** Where there is no /sys the library knows the ports; a failure to list means that none can be seen. */
async function listByLibrary(): Promise<readonly PortInfo[]> {
  const ports = await SerialPort.list().catch(() => []);
  return ports.map(({ path, vendorId, productId, serialNumber }) => ({
    path,
    ...(vendorId === undefined || productId === undefined
      ? {}
      : {
          usb: {
            vendorId: Number.parseInt(vendorId, 16),
            productId: Number.parseInt(productId, 16),
            ...(serialNumber === undefined ? {} : { serialNumber }),
          },
        }),
  }));
}

async function openSerial(path: string, settings: SerialSettings, clock: Clock): Promise<Opened> {
  const port = new SerialPort({ path, ...settings, lock: true, hupcl: false, autoOpen: false });
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (failure !== null) return { ok: false, code: await openFault(path, failure) };
  // The binding throws away what lay in the line's buffer when it opens: nobody had asked for it, it belongs to nobody here.
  return { ok: true, channel: channelOver(port, clock, await nodeOf(path)) };
}

/**
 * The library gives a sentence with the system's message inside and no code; the file system is asked first, the
 * sentence second. What is neither missing nor forbidden is in use (locked, EBUSY) or cannot be had (EIO): busy.
 */
async function openFault(path: string, failure: Error): Promise<OpenFault> {
  const reach = (mode: number): Promise<boolean> =>
    access(path, mode).then(
      () => true,
      () => false,
    );
  if (!(await reach(constants.F_OK))) return "device.portMissing";
  if (!(await reach(constants.R_OK | constants.W_OK))) return "device.portForbidden";
  if (/cannot lock|busy|temporarily unavailable/i.test(failure.message)) return "device.portBusy";
  if (/permission denied|operation not permitted|access denied/i.test(failure.message)) return "device.portForbidden";
  if (/no such file|no such device|file not found|input\/output error/i.test(failure.message))
    return "device.portMissing";
  return "device.portBusy";
}

/**
 * Which device node a path leads to; undefined when to none. While a port is open its kernel number is not given to
 * another, so a node that came back is not taken for the one that went.
 */
async function nodeOf(path: string): Promise<string | undefined> {
  // Windows has no nodes; there the library reports a port that went.
  if (process.platform === "win32") return path;
  return stat(path).then(
    ({ dev, ino, rdev }) => `${dev} ${ino} ${rdev}`,
    () => undefined,
  );
}

function channelOver(port: SerialPort, clock: Clock, node: string | undefined): Channel {
  let closing: Promise<void> | undefined;
  let gone = false;
  const goneListeners = new Set<() => void>();
  const byteListeners = new Set<(bytes: Uint8Array) => void>();
  // Read from the first moment on, also while nobody listens: only a port that is read notices that it has vanished.
  port.on("data", (bytes: Buffer) => {
    for (const listener of [...byteListeners]) listener(new Uint8Array(bytes));
  });
  // A write that the vanished port will never take must not hold up a stop or an exit.
  const unwritten = new Set<() => void>();
  port.on("close", () => {
    for (const release of unwritten) release();
  });
  const lose = (): void => {
    if (gone || closing !== undefined) return;
    gone = true;
    for (const listener of goneListeners) listener();
    if (port.isOpen) port.close(() => {});
  };
  port.on("close", lose);
  // An error on an open port means that its device is no longer there to talk to.
  port.on("error", lose);
  // The library does not always notice: a terminal that hung up reads as nothing, and it then reads on and on.
  const look = async (): Promise<void> => {
    if ((await nodeOf(port.path)) !== node || node === undefined) lose();
    else if (port.isOpen) stopLooking = clock.after(aliveMs, () => void look());
  };
  let stopLooking = clock.after(aliveMs, () => void look());
  return {
    port: port.path,
    write: (bytes) =>
      new Promise((resolve) => {
        if (!port.isOpen) {
          resolve();
          return;
        }
        unwritten.add(resolve);
        port.write(bytes, () =>
          port.drain(() => {
            unwritten.delete(resolve);
            resolve();
          }),
        );
      }),
    onBytes(listener) {
      byteListeners.add(listener);
      return () => void byteListeners.delete(listener);
    },
    onGone(listener) {
      goneListeners.add(listener);
      return () => void goneListeners.delete(listener);
    },
    close() {
      stopLooking();
      closing ??= new Promise((resolve) => {
        if (!port.isOpen) resolve();
        else port.close(() => resolve());
      });
      return closing;
    },
  };
}
