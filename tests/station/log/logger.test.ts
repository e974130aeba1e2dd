import { expect, test } from "vitest";
import { Private } from "../../../core/domain/private.ts";
import { createLogger, type LogFields, type LogLevel } from "../../../station/log/logger.ts";

function loggerInto(level: LogLevel) {
  const lines: string[] = [];
  const log = createLogger({ level, to: { write: (line: string) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown> };
}

test("an event is printed with its listed fields", () => {
  const { log, last } = loggerInto("info");
  log.with({ device: "cuff" }).info("measured", { ms: 12 });
  expect(last()).toMatchObject({ event: "measured", device: "cuff", ms: 12, level: 30 });
});

test("what is not listed is dropped and named, whatever it holds", () => {
  const { log, lines, last } = loggerInto("info");
  // Nothing typed gets here; a cast or a parsed object could.
  log.info("visit opened", {
    name: "Wang Xiuying",
    visit: "v1",
    why: new Private("13800000000"),
  } as unknown as LogFields);
  expect(last()).toMatchObject({ visit: "v1", refused: ["name", "why"] });
  expect(lines.join("")).not.toMatch(/Wang|13800000000/);
});

test("fields bound to a logger are checked like any other", () => {
  const { log, lines } = loggerInto("info");
  log.with({ idNumber: "11010519491231002X" } as unknown as LogFields).warn("card read");
  expect(lines.join("")).not.toContain("1949");
});

test("bytes are printed at debug only, with their direction", () => {
  const quiet = loggerInto("info");
  quiet.log.bytes("←", Uint8Array.of(0xaa, 0x80));
  expect(quiet.lines).toEqual([]);
  const loud = loggerInto("debug");
  loud.log.bytes("→", Uint8Array.of(0xcc, 0x80), { device: "cuff" });
  expect(loud.last()).toMatchObject({ event: "bytes", direction: "→", hex: "cc80", device: "cuff" });
});
