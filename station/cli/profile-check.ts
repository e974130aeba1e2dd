import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { findProfile } from "../../drivers/find-profile.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import { tried, type Finding, type Law } from "../../drivers/laws/law.ts";
import { laws } from "../../drivers/laws/laws.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { clashOf } from "../profiles/clash.ts";
import { readProfile } from "../profiles/read-profile.ts";
import type { ProfileProblem } from "../profiles/refusal.ts";

/** Most offenders of one law that are told one by one. */
const mostTold = 5;

type Taken = { readonly ok: true; readonly profile: Profile } | { readonly ok: false };

/**
 * Tries a profile and says in plain words what holds: the schema, then every law with the simulated device. `target` is a
 * JSON file or a shipped profile's id. Answers whether it is fit; one that is none yet is told with line and reason.
 */
export function checkOne(target: string, say: (line: string) => void): boolean {
  const taken = target.endsWith(".json") ? fromFile(target, say) : shipped(target, say);
  if (!taken.ok) return false;
  const { profile } = taken;
  const { maker, name } = profile.model;
  say(`${profile.id}: ${maker} ${name}, ${Object.keys(profile.frames).length} frames. The schema is kept.`);
  let cases = 0;
  let offences = 0;
  for (const law of laws) {
    const found = findingsOf(law, profile);
    const offending = found.filter(({ finding }) => finding?.kind === "broken");
    cases += found.length;
    offences += offending.length;
    if (found.length === 0) continue;
    say(`  ${offending.length === 0 ? "ok  " : "FAIL"} ${law.holds.en} · ${law.holds.zh} (${found.length})`);
    const told = found.filter(({ finding }) => (finding?.what ?? "") !== "");
    for (const { name, finding } of told.slice(0, mostTold)) say(`         ${name}: ${finding?.what ?? ""}`);
    if (told.length > mostTold) say(`         … and ${told.length - mostTold} more`);
  }
  if (offences === 0) say(`Fit for use: all ${cases} cases hold. · 可以使用:${cases} 项全部通过。`);
  else
    say(
      `Not fit for use: ${offences} of ${cases} cases do not hold. · 不能使用:${cases} 项中有 ${offences} 项不通过。`,
    );
  return offences === 0;
}

function findingsOf(
  law: Law,
  profile: Profile,
): readonly { readonly name: string; readonly finding: Finding | undefined }[] {
  return [...law.cases(profile)].map((each) => ({ name: each.name, finding: tried(each) }));
}

function shipped(name: string, say: (line: string) => void): Taken {
  const profile = findProfile(name);
  if (profile !== undefined) return { ok: true, profile };
  say(`There is no profile ${name}. · 没有配置 ${name}。`);
  return { ok: false };
}

function fromFile(path: string, say: (line: string) => void): Taken {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    say(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    return { ok: false };
  }
  const read = readProfile(bytes);
  const problems = read.ok
    ? clashOf(
        read,
        registry.map((profile) => ({ profile })),
      )
    : read.problems;
  if (read.ok && problems.length === 0) return read;
  for (const problem of problems) say(lineOf(basename(path), problem));
  say("Not fit for use: a station refuses this file. · 不能使用:站点会拒绝这个文件。");
  return { ok: false };
}

/** `scale.json:12:7 frames.weight: reason · 原因`, as editors and terminals link it. */
function lineOf(file: string, { line, column, path, reason }: ProfileProblem): string {
  const place = line === undefined ? "" : `:${line}:${column ?? 1}`;
  return `${file}${place} ${path === undefined || path === "" ? "" : `${path}: `}${reason.en} · ${reason.zh}`;
}
