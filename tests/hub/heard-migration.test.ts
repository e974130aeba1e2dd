import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate, schemaVersion } from "../../hub/store/migrate.ts";
import { openEncrypted } from "../../hub/store/open.ts";

test("a voice note of before was not heard yet, as far as anybody knows", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-heard-"));
  const opened = openEncrypted(join(folder, "hub.db"), new Uint8Array(32), schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  const { db } = opened;
  migrate(db, 130);
  db.pragma("foreign_keys = OFF");
  db.exec("INSERT INTO blobs VALUES ('b', 'c', 'voiceNote', 'audio/webm', 1, 'h', 1, 1, 'd', 1, NULL)");
  migrate(db, 150);
  expect(db.prepare("SELECT id, heard_at FROM blobs").all()).toEqual([{ id: "b", heard_at: null }]);
  db.close();
  rmSync(folder, { recursive: true, force: true });
});
