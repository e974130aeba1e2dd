import type { VisitView } from "../../core/contract/views.ts";
import type { Language } from "../../core/i18n/message.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log/logger.ts";
import type { ActCode, VisitActs } from "../visits/acts.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Answer, Visits } from "../visits/visits.ts";
import { takenAway, type TakenAway } from "./content.ts";
import type { PrintCode, Printer } from "./printer.ts";
import { finished, jobOf, slip, toDraw } from "./slip.ts";
import { summaryText } from "./summary.ts";

export interface TakeawayParts {
  readonly visits: Pick<Visits, "current" | "viewOf">;
  readonly acts: VisitActs;
  readonly scribe: Scribe;
  readonly log: Logger;
  readonly printer: Printer;
  readonly clock: Clock;
  readonly station: { readonly name: string; readonly place: string; readonly simulated: boolean };
}

interface Asked {
  readonly id: string;
  readonly visit: string;
  readonly language: Language;
}

/** What paper came out, or what the page has to draw first because no printer's font has it. */
export type PrintAnswer = Answer<
  { readonly draw?: { readonly columns: number; readonly lines: readonly string[] } },
  "visit.closed" | PrintCode
>;
export interface PrintAsked extends Asked {
  /** Base64 of the dots of lines. */
  readonly drawn?: readonly { readonly text: string; readonly dots: string }[] | undefined;
}

/** As the text of the contract. */
const mostText = 1_800;

/** What a person takes home, where they ask for it: paper, or a code for a phone. */
export class Takeaway {
  readonly #parts: TakeawayParts;
  /** By the page's id: a repeated call prints nothing twice. */
  readonly #printing = new Map<string, Promise<PrintAnswer>>();

  constructor(parts: TakeawayParts) {
    this.#parts = parts;
  }

  /** `page`: in the place of what was measured. */
  print(asked: PrintAsked, page?: Partial<TakenAway>): Promise<PrintAnswer> {
    const before = this.#printing.get(asked.id);
    if (before !== undefined) return before;
    // Of a visit that is over nothing stays here.
    this.#printing.clear();
    const printed = this.#print(asked, page);
    this.#printing.set(asked.id, printed);
    return printed;
  }

  async code(asked: Asked): Promise<Answer<{ readonly text: string; readonly how: "summary" }, ActCode>> {
    const view = this.#view(asked.visit);
    if (view === undefined) return { ok: false, code: "visit.closed" };
    const text = summaryText(this.#taken(view, asked.language)).slice(0, mostText);
    const kept = await this.#parts.acts.keep(asked, "slip.shown", { how: "summary" });
    return kept.ok ? { ok: true, value: { text, how: "summary" } } : kept;
  }

  async #print(asked: PrintAsked, page: Partial<TakenAway> | undefined): Promise<PrintAnswer> {
    const { visits, scribe, log, printer } = this.#parts;
    const open = visits.current;
    const view = this.#view(asked.visit);
    if (open === undefined || view === undefined) return { ok: false, code: "visit.closed" };
    const { columns, draws } = printer.paper;
    const taken = this.#taken(view, asked.language);
    const lines = slip(page === undefined ? taken : { ...headAndFoot(taken), ...page }, columns);
    const rare = draws ? toDraw(lines, columns) : [];
    if (rare.length > 0 && asked.drawn === undefined) return { ok: true, value: { draw: { columns, lines: rare } } };
    const printed = await printer.print(jobOf(finished(lines, drawnOf(asked, columns), columns, asked.language)));
    const how = printed.ok ? ({ how: "printed" } as const) : ({ how: "failed", code: printed.code } as const);
    const { id, visit } = asked;
    const actor = { role: "resident", id: open.resident ?? "guest" };
    const about = { visit, subject: open.resident, actor, id };
    // Paper came out or did not, whether the person is still here or not, and whether this can be kept or not.
    await scribe.keep(scribe.fact("slip.printed", how, about)).catch((error: unknown) => {
      log.error("slip not kept", { visit, why: String(error) });
    });
    return printed.ok ? { ok: true, value: {} } : printed;
  }

  #view(visit: string): VisitView | undefined {
    const { visits } = this.#parts;
    return visits.current?.id === visit ? visits.viewOf(visit) : undefined;
  }

  #taken(view: VisitView, language: Language): TakenAway {
    const { clock, station } = this.#parts;
    const now = clock.now();
    return takenAway({ view, station, language, now, zoneMinutes: -new Date(now).getTimezoneOffset() });
  }
}

/** A slip that says nothing of the measurements: place, time, person, and what stands under every one. */
const headAndFoot = ({ sentence: _sentence, opinion: _opinion, plan: _plan, ...taken }: TakenAway): TakenAway => ({
  ...taken,
  results: [],
  next: [],
});

/** Pictures of another size than the paper's are none. A line's end inside of one would end it: one dot more does no harm. */
function drawnOf({ drawn = [] }: PrintAsked, columns: number): ReadonlyMap<string, string> {
  return new Map(
    drawn.flatMap(({ text, dots }): readonly [string, string][] => {
      const bytes = Buffer.from(dots, "base64");
      return bytes.length === columns * 12 * 3 ? [[text, bytes.toString("latin1").replaceAll("\n", "\u000b")]] : [];
    }),
  );
}
