import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, newFolder } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0070: what was kept stays as it is, no view is computed anew; the new tables are empty", () => {
  const { db } = databaseAt(60);
  db.exec("INSERT INTO secrets VALUES ('lookup', x'0102')");
  const before = wholeTables(db);
  migrate(db, 70);
  const { messages, message_blobs: blobs, ...rest } = wholeTables(db);
  expect(rest).toEqual(before);
  expect([messages, blobs]).toEqual([[], []]);
});

test("0070: messages wait in the order kept, outlive a computing of the views, and go with what they brought", () => {
  const engine = engineIn(newFolder());
  const blob = (name: string) => ({
    blob: name,
    kind: "still",
    media: "image/jpeg",
    hash: "a".repeat(64),
    content: Buffer.from(name),
  });
  engine.messages.put({ call: "later", asked: "{}", blobs: [] }, 20);
  engine.messages.put({ call: "sooner", asked: '{"visit":"v"}', blobs: [blob("second"), blob("first")] }, 10);
  engine.messages.put({ call: "sooner", asked: "changed", blobs: [] }, 5);
  engine.rebuild();
  const kept = { call: "sooner", asked: '{"visit":"v"}', blobs: [blob("second"), blob("first")] };
  expect(engine.messages.first()).toEqual(kept);
  engine.messages.drop("sooner");
  expect(engine.messages.first()).toEqual({ call: "later", asked: "{}", blobs: [] });
  engine.messages.put({ call: "sooner", asked: "{}", blobs: [] }, 1);
  expect(engine.messages.first()).toEqual({ call: "sooner", asked: "{}", blobs: [] });
});
