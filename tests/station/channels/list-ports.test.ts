import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLinuxPorts } from "../../../station/channels/list-ports.ts";
import { tempFolder } from "../fakes/station.ts";

/** A machine's /dev and /sys: a USB bridge with a by-id link, a real and a phantom ttyS, things that are no serial port. */
function machine() {
  const root = tempFolder();
  const [dev, sys] = [join(root, "dev"), join(root, "sys")];
  const usb = join(sys, "devices/usb1/1-1");
  for (const folder of [
    join(dev, "serial/by-id"),
    join(sys, "class/tty/ttyUSB0"),
    join(sys, "class/tty/ttyS0"),
    join(sys, "class/tty/ttyS1"),
    join(usb, "1-1:1.0/ttyUSB0"),
  ])
    mkdirSync(folder, { recursive: true });
  for (const name of ["ttyUSB0", "ttyS0", "ttyS1", "tty1", "null"]) writeFileSync(join(dev, name), "");
  writeFileSync(join(sys, "class/tty/ttyS0/type"), "4\n");
  writeFileSync(join(sys, "class/tty/ttyS1/type"), "0\n");
  writeFileSync(join(usb, "idVendor"), "10c4\n");
  writeFileSync(join(usb, "idProduct"), "ea60\n");
  writeFileSync(join(usb, "serial"), "0001\n");
  symlinkSync(join(usb, "1-1:1.0/ttyUSB0"), join(sys, "class/tty/ttyUSB0/device"));
  symlinkSync("../../ttyUSB0", join(dev, "serial/by-id/usb-Maker_Bridge_0001-if00-port0"));
  return { root, roots: { dev, sys }, dev };
}

test("USB bridges come with their ids and their stable name, real ttyS without, phantoms not at all", async () => {
  const { roots, dev } = machine();
  expect(await listLinuxPorts([], roots)).toEqual([
    { path: join(dev, "ttyS0") },
    {
      path: join(dev, "ttyUSB0"),
      alias: join(dev, "serial/by-id/usb-Maker_Bridge_0001-if00-port0"),
      usb: { vendorId: 0x10c4, productId: 0xea60, serialNumber: "0001" },
    },
  ]);
});

test("a configured path counts while it exists, once, and a link to nowhere does not", async () => {
  const { root, roots, dev } = machine();
  const pty = join(root, "pty");
  symlinkSync(join(dev, "null"), pty);
  symlinkSync(join(root, "gone"), join(root, "dangling"));
  const paths = async (configured: readonly string[]): Promise<readonly string[]> =>
    (await listLinuxPorts(configured, roots)).map(({ path }) => path);
  expect(await paths([pty, pty, join(root, "dangling"), join(dev, "ttyUSB0")])).toEqual([
    join(dev, "ttyS0"),
    join(dev, "ttyUSB0"),
    pty,
  ]);
});

test("a machine without /dev/serial and /sys still lists its bridges", async () => {
  const { roots, dev } = machine();
  expect(await listLinuxPorts([], { dev: roots.dev, sys: join(roots.sys, "none") })).toEqual([
    { path: join(dev, "ttyUSB0"), alias: join(dev, "serial/by-id/usb-Maker_Bridge_0001-if00-port0") },
  ]);
});
