import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renewalMs } from "../../../core/care/agreement.ts";
import { migrate, schemaVersion } from "../../../hub/store/migrate.ts";
import { openEncrypted } from "../../../hub/store/open.ts";

test("a contract of before is to be renewed thirty days before its end, and an institution has no telephone yet", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-renewals-"));
  const opened = openEncrypted(join(folder, "hub.db"), new Uint8Array(32), schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  const { db } = opened;
  migrate(db, 112);
  const until = Date.UTC(2027, 2, 2);
  db.exec(`
    INSERT INTO orgs VALUES ('t', 'Township', 'township', NULL);
    INSERT INTO care_records VALUES ('c', 'contract', 'r', 'active', 1, 1, '{}');
    INSERT INTO contracted VALUES ('r', 'c', 'li', ${String(until)});
  `);
  migrate(db, 130);
  expect(db.prepare("SELECT * FROM contracted").all()).toEqual([
    { resident: "r", record: "c", doctor: "li", until, renew_at: until - renewalMs },
  ]);
  expect(db.prepare("SELECT phone FROM orgs").all()).toEqual([{ phone: null }]);
  db.close();
  rmSync(folder, { recursive: true, force: true });
});
