import { useEffect, useState, type KeyboardEvent } from "react";
import { mostNames, type Names } from "../../../core/contract/hub-names.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { dayMs, hourMs, minuteMs } from "../../../core/care/hours.ts";
import { symptomKey } from "../../../core/i18n/symptom-keys.ts";
import type { Text } from "../../parts/language.tsx";
import { faultOf, type HubDoor } from "../hub.ts";

/** The code it failed with; undefined: done. */
export async function failing(work: () => Promise<unknown>): Promise<FaultCode | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

export interface Called {
  /** Name and year; the end of the id for somebody the hub does not name. */
  readonly resident: (id: string) => string;
  readonly org: (id: string) => string;
}

/** Names for the ids of records; asked again when others appear, so that a list is one question. */
export function useNames(door: HubDoor, residents: readonly string[], orgs: readonly string[], text: Text): Called {
  const [known, setKnown] = useState<Names>({ residents: [], orgs: [] });
  const wanted = JSON.stringify([distinct(residents), distinct(orgs)]);
  useEffect(() => {
    let left = false;
    const [ids, institutions] = JSON.parse(wanted) as [string[], string[]];
    const ask = () => {
      if (door.state !== "open" || ids.length + institutions.length === 0) return;
      door.client.names.of({ residents: ids, orgs: institutions }).then(
        (names) => left || setKnown(names),
        // The ids stay; the next line asks again.
        () => undefined,
      );
    };
    ask();
    const forget = door.onState(ask);
    return () => {
      left = true;
      forget();
    };
  }, [door, wanted]);
  return {
    resident: (id) => {
      const one = known.residents.find((row) => row.id === id);
      return one ? text("work.person", { name: one.name, year: one.birthYear }) : `#${id.slice(-6)}`;
    },
    org: (id) => known.orgs.find((row) => row.id === id)?.name ?? id,
  };
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort().slice(0, mostNames);

/** What was just done, said above a list. In another language than the page's it is not said any more. */
export function useSaid(text: Text): readonly [string | undefined, (words: string | undefined) => void] {
  const [said, setSaid] = useState<{ readonly words: string; readonly language: Text["language"] }>();
  return [
    said?.language === text.language ? said.words : undefined,
    (words) => setSaid(words === undefined ? undefined : { words, language: text.language }),
  ];
}

/** A span as people say it: minutes, then hours, then days. */
export function span(text: Text, ms: number): string {
  const some = Math.max(0, ms);
  if (some < hourMs) return text("work.span.minutes", { n: Math.floor(some / minuteMs) });
  if (some < 2 * dayMs) return text("work.span.hours", { n: Math.floor(some / hourMs) });
  return text("work.span.days", { n: Math.floor(some / dayMs) });
}

/** When it is due, or by how much it is late. */
export function dueWords(text: Text, due: number, now: number): string {
  if (due >= now) return text("work.dueIn", { span: span(text, due - now) });
  return now - due < minuteMs ? text("work.lateNow") : text("work.late", { span: span(text, now - due) });
}

/** Up, down, first and last among the rows of a list: the focus moves, Tab leaves the list. */
export function rowKeys(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined || rows.length === 0) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
}

/** Day on the reader's wall, `YYYY-MM-DD`. */
export function wallDay(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day on which the page was shown. */
export function useToday(): string {
  const [today] = useState(() => wallDay(Date.now()));
  return today;
}

/** A symptom ticked at the station, in words; its code where there are none. */
export function symptomWord(text: Text, code: string): string {
  const key = symptomKey(code);
  return key === undefined ? code : text.of(key, {});
}
