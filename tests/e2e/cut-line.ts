import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { z } from "zod";
import { startWithoutStation, top, type Product } from "./product.ts";

/** A wire between two programs that can be cut: whatever runs over it is gone at once, and may dial again. */
export interface CutLine {
  readonly port: number;
  /** How often somebody got through to a socket of the hub. */
  readonly upgrades: number;
  cut(): void;
  close(): Promise<void>;
}

export async function cutLine(to: number): Promise<CutLine> {
  const ends = new Set<Socket>();
  let upgrades = 0;
  const keep = (end: Socket) => {
    ends.add(end);
    end.on("error", () => undefined);
    end.once("close", () => ends.delete(end));
  };
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    keep(near);
    keep(far);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
    far.once("data", (first) => {
      if (first.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) upgrades += 1;
    });
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const end of ends) end.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get upgrades() {
      return upgrades;
    },
    cut,
    async close() {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}

const readySchema = z.object({ ready: z.literal(true), address: z.string() });

/** The product, its station behind a wire that can be cut. */
export async function startProductOverWire(data: string): Promise<Product & { readonly wire: CutLine }> {
  const around = await startWithoutStation(data);
  const wire = await cutLine(Number(new URL(around.desk).port));
  const given = around.station.arguments;
  const over = given.map((one, at) => (given[at - 1] === "--hub" ? `http://127.0.0.1:${wire.port}` : one));
  const child = spawn(process.execPath, ["station/loopback/main.ts", "--port", "0", "--with-parent", ...over], {
    cwd: top,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...around.station.environment },
  });
  const exited = once(child, "exit");
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { address } = readySchema.parse(JSON.parse(line));
  const { desk, account, password, processes } = around;
  return {
    wire,
    kiosk: address,
    desk,
    account,
    password,
    data,
    processes,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      await wire.close();
      return around.stop();
    },
  };
}
