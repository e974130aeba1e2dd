import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate, schemaVersion } from "../../hub/store/migrate.ts";
import { openEncrypted } from "../../hub/store/open.ts";

test("accounts of before are in force, and nobody is invited", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-invitations-"));
  const opened = openEncrypted(join(folder, "hub.db"), new Uint8Array(32), schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  const { db } = opened;
  migrate(db, 130);
  db.exec(
    "INSERT INTO accounts (id, account, name, role, password_hash, demo) VALUES ('a', 'li', 'Dr', 'doctor', 'h', 0)",
  );
  migrate(db, 140);
  expect(db.prepare("SELECT id, retired_at FROM accounts").all()).toEqual([{ id: "a", retired_at: null }]);
  expect(db.prepare("SELECT account FROM invitations").all()).toEqual([]);
  db.close();
  rmSync(folder, { recursive: true, force: true });
});
