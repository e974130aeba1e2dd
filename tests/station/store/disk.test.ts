import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freeBytes } from "../../../station/store/disk.ts";
import { openEngine, type Engine } from "../../../station/store/engine.ts";
import { engineIn, keep, key, newFolder, started, storeIn, VisitStory } from "./kit.ts";

const stamp = { heardAt: Date.UTC(2026, 0, 1), monoMs: 1 };

/** A small disk of its own in memory; undefined where mounting is not allowed. */
function smallDisk(): { readonly folder: string; release(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "station-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]).status === 0;
  if (!mounted) rmdirSync(folder);
  return mounted
    ? {
        folder,
        release: () => {
          spawnSync("umount", [folder]);
          rmdirSync(folder);
        },
      }
    : undefined;
}

const probe = smallDisk();
probe?.release();

/** A store on a small disk with a ballast file beside it that can be taken away again. */
function onSmallDisk(): { readonly folder: string; readonly engine: Engine; fill(leave: number): void; free(): void } {
  const disk = smallDisk();
  if (!disk) throw new Error("mount worked a moment ago");
  onTestFinished(() => {
    disk.release();
  });
  const ballast = join(disk.folder, "ballast");
  return {
    folder: disk.folder,
    engine: engineIn(join(disk.folder, "data")),
    fill: (leave) => {
      const { bavail, bsize } = statfsSync(disk.folder);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leave), 1));
    },
    free: () => {
      rmSync(ballast);
    },
  };
}

/** Appends whole visits until one is refused. Answers what was refused. */
function fillUp(engine: Engine) {
  for (;;) {
    const entries = new VisitStory(null).all();
    const [answer] = engine.append([{ entries, ...stamp }]);
    if (answer?.ok !== true) return { answer, entries };
  }
}

test("below the reserve no measurement begins; what has begun can still be finished", () => {
  const folder = newFolder();
  const engine = engineIn(folder, { reserveBytes: freeBytes(folder) * 2 });
  expect(engine.ready()).toEqual({ ok: false, code: "store.full" });
  expect(keep(engine, started())).toHaveLength(1);
});

test("above the reserve a measurement may begin", async () => {
  const store = await storeIn(newFolder(), { reserveBytes: 1 });
  expect(await store.ready()).toEqual({ ok: true });
});

test.skipIf(!probe).for([0, 4_096, 20_000, 65_536, 150_000])(
  "a disk that fills up with %i bytes left: a clear answer, nothing half-written, and work goes on when there is space (skipped where mount is refused)",
  (leave) => {
    const disk = onSmallDisk();
    const { engine } = disk;
    keep(engine, started(), ...new VisitStory(null).all());
    disk.fill(leave);
    const { answer, entries } = fillUp(engine);
    expect(answer).toEqual({ ok: false, code: "store.full" });
    // Nothing of the refused visit is there, in the journal or in the views.
    const { head } = engine;
    const views = engine.views.dump();
    expect(engine.verify()).toEqual({ ok: true, head });
    expect(engine.entry(entries[0]?.id ?? "")).toBeUndefined();
    expect(engine.tail(head.seq, 1)).toEqual([]);
    expect(views.visits.filter(({ closed_seq: closed }) => closed === null)).toEqual([]);
    disk.free();
    expect(engine.append([{ entries, ...stamp }])[0]).toMatchObject({ ok: true });
    expect(engine.head.seq).toBe(head.seq + entries.length);
    expect(engine.verify()).toEqual({ ok: true, head: engine.head });
    const after = engine.views.dump();
    engine.rebuild();
    expect(engine.views.dump()).toEqual(after);
  },
);

test.skipIf(!probe)(
  "a full disk at closing and at the next start loses nothing (skipped where mount is refused)",
  () => {
    const disk = onSmallDisk();
    keep(disk.engine, started(), ...new VisitStory(null).all());
    disk.fill(0);
    fillUp(disk.engine);
    const { head } = disk.engine;
    disk.engine.close();
    disk.free();
    const again = engineIn(join(disk.folder, "data"));
    expect(again.head).toEqual(head);
    expect(again.verify()).toEqual({ ok: true, head });
  },
);

test.skipIf(!probe).for([0, 2_000, 20_000, 36_000])(
  "a start on a disk with %i bytes left either works or says that it is full, and loses nothing (skipped where mount is refused)",
  (leave) => {
    const disk = onSmallDisk();
    keep(disk.engine, started(), ...new VisitStory(null).all());
    const { head } = disk.engine;
    disk.engine.close();
    disk.fill(leave);
    const opened = openEngine({ folder: join(disk.folder, "data"), key });
    if (opened.ok) {
      expect(opened.engine.ready()).toEqual({ ok: false, code: "store.full" });
      opened.engine.close();
    } else expect(opened).toEqual({ ok: false, code: "store.full" });
    disk.free();
    const again = engineIn(join(disk.folder, "data"));
    expect(again.verify()).toEqual({ ok: true, head });
  },
);

test.skipIf(!probe)(
  "a first start on a full disk says that it is full, and works when there is space (skipped where mount is refused)",
  () => {
    const disk = onSmallDisk();
    disk.fill(0);
    const folder = join(disk.folder, "other");
    expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.full" });
    disk.free();
    expect(keep(engineIn(folder), started())).toHaveLength(1);
  },
);
