import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { consentScopes, consentWays } from "../domain/consent.ts";
import { answersSchema, helpers, nextChoices } from "../journal/visit-bodies.ts";
import { readingSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";
import {
  familyViewSchema,
  foundSchema,
  identifyEventSchema,
  linksViewSchema,
  relativeSchema,
  trendPointSchema,
} from "./visit-parts.ts";
import { checkSchema } from "./views.ts";

const id = z.uuid();
const visit = z.uuid();
const nothing = z.strictObject({});
const kept = declared("visit.closed", "store.failed", "store.full", "store.broken");
/** `identify.notFound`: nobody who is registered here, oneself, or a guest's visit. */
const familyFaults = declared(
  "visit.closed",
  "identify.expired",
  "identify.notFound",
  "store.failed",
  "store.full",
  "store.broken",
);

const linkFaults = declared(
  "visit.closed",
  "identify.expired",
  "identify.codeTaken",
  "identify.noCode",
  "store.failed",
  "store.full",
  "store.broken",
);

/** How a person says who they are. A number alone never opens a record: every way ends in a token of the host. */
export const identifyContract = {
  /** Listens to card readers and scanners until left. Starts with `ready`. One listener at a time: a new one ends the old. */
  listen: oc.output(eventIterator(identifyEventSchema)),
  /** Phone number and the last four characters of the card's number. Three wrong ones: `identify.tooMany` for five minutes. */
  phone: oc
    .input(z.strictObject({ phone: z.string().max(20), second: z.string().max(8) }))
    .output(foundSchema)
    .errors(declared("identify.notFound", "identify.tooMany", "wire.badInput", "store.failed")),
} as const;

/** The parts of a visit around its measurements. Every write carries an id made by the page: a repeat changes nothing. */
export const visitPartsContract = {
  /** Somebody is there. The host counts idleness, not the page. */
  touch: oc.input(z.strictObject({ visit })).output(nothing),
  /** Says that nothing of the visit is left in the page. The host takes the page away when this does not come in time. */
  cleared: oc.input(z.strictObject({ visit })).output(nothing),
  consent: oc
    .input(z.strictObject({ id, visit, scope: z.enum(consentScopes), given: z.boolean(), way: z.enum(consentWays) }))
    .output(nothing)
    .errors(kept),
  /** The picture by which the person is told apart the next time; nothing is kept of a guest. */
  sign: oc
    .input(z.strictObject({ id, visit, sign: z.string().max(30) }))
    .output(nothing)
    .errors(kept),
  answer: oc
    .input(z.strictObject({ id, visit, answers: answersSchema }))
    .output(nothing)
    .errors(kept),
  /** Sits down to rest; from now on the five minutes count. */
  seat: oc.input(z.strictObject({ id, visit })).output(nothing).errors(kept),
  /** Who operates for the person; absent: nobody any more. */
  helper: oc
    .input(z.strictObject({ id, visit, helper: z.enum(helpers).optional() }))
    .output(nothing)
    .errors(kept),
  /** Numbers typed by a person (height, waist, one's own meter). Marked, and never mixed with what a device says. */
  enter: oc
    .input(z.strictObject({ id, visit, of: checkSchema, readings: z.array(readingSchema).min(1).max(4) }))
    .output(nothing)
    .errors(declared("visit.closed", "gate.outOfRange", "gate.unit", "store.failed", "store.full", "store.broken")),
  /** Calls for help: sounds here, goes to the duty doctor when there is a line. Never refused. */
  alarm: oc
    .input(z.strictObject({ id, visit, reason: z.enum(["symptom", "result", "asked"]), symptoms: z.array(z.string()) }))
    .output(nothing),
  alarmAnswered: oc.input(z.strictObject({ id, visit, how: z.enum(["here", "mistake"]) })).output(nothing),
  /**
   * The last readings of that kind of the same person, or of a relative (`resident`) who let them look. Empty for a guest. The
   * look itself is an entry, and the relative sees it.
   */
  trend: oc
    .input(z.strictObject({ visit, of: checkSchema, resident: id.optional() }))
    .output(z.array(trendPointSchema))
    .errors(declared("visit.closed", "consent.notGranted", "store.failed")),
  /** Lets the relative whom `token` stands for look at the record from now on. */
  grant: oc
    .input(z.strictObject({ id, visit, token: z.uuid(), why: z.enum(["grant", "guardian"]) }))
    .output(relativeSchema)
    .errors(familyFaults),
  /** Takes it back. */
  endGrant: oc
    .input(z.strictObject({ id, visit, relative: id }))
    .output(nothing)
    .errors(familyFaults),
  family: oc.input(z.strictObject({ visit })).output(familyViewSchema).errors(familyFaults),
  /** Who came by card may come by this phone number and the card's last four from now on. `identify.expired`: it was no card. */
  linkPhone: oc
    .input(z.strictObject({ id, visit, phone: z.string().min(5).max(20) }))
    .output(nothing)
    .errors(linkFaults),
  /** The same with the next code before a scanner; waits a minute (`identify.noCode`), or until left. */
  linkCode: oc.input(z.strictObject({ id, visit })).output(nothing).errors(linkFaults),
  /** What a guest measured is kept under the name of whom `token` stands for. `care.unknown`: the visit has a name. */
  keepUnder: oc
    .input(z.strictObject({ id, visit, token: z.uuid() }))
    .output(nothing)
    .errors(declared("visit.closed", "identify.expired", "care.unknown", "store.failed", "store.full", "store.broken")),
  links: oc.input(z.strictObject({ visit })).output(linksViewSchema).errors(declared("visit.closed", "store.failed")),
  /** Takes one of them back. A card cannot be (`care.unknown`). */
  unlink: oc
    .input(z.strictObject({ id, visit, link: id }))
    .output(nothing)
    .errors(declared("visit.closed", "care.unknown", "store.failed", "store.full", "store.broken")),
  nextStep: oc
    .input(z.strictObject({ id, visit, choice: z.enum(nextChoices) }))
    .output(z.strictObject({ due: z.string().optional(), owner: z.string() }))
    .errors(kept),
  /**
   * Prints the slip. Answers when paper came out whole; or, with nothing printed, which lines the page has to draw because
   * the printer's font lacks a character, to be handed over with the next call. `dots`: base64, column by column from the
   * left, three bytes from top to bottom, 12 columns of dots for each of `columns`.
   */
  print: oc
    .input(
      z.strictObject({
        id,
        visit,
        language: z.enum(["zh-CN", "en"]),
        drawn: z
          .array(z.strictObject({ text: z.string().max(80), dots: z.base64().max(4_000) }))
          .max(20)
          .optional(),
      }),
    )
    .output(
      z.strictObject({
        draw: z.strictObject({ columns: z.int(), lines: z.array(z.string()).readonly() }).optional(),
      }),
    )
    .errors(
      declared(
        "visit.closed",
        "device.noDevice",
        "device.busy",
        "device.paperOut",
        "device.printerStopped",
        "device.silent",
        "device.unplugged",
        "device.portMissing",
        "device.portBusy",
        "device.tooLong",
      ),
    ),
  /** The text of a QR code to take away: the summary itself, without a name. */
  code: oc
    .input(z.strictObject({ id, visit, language: z.enum(["zh-CN", "en"]) }))
    .output(z.strictObject({ text: z.string().max(1_800), how: z.enum(["summary", "link"]) }))
    .errors(declared("visit.closed", "store.failed")),
  /** A message or a doctor's answer was told to its resident; `talk`: they want to talk about it. `care.unknown`: none for them. */
  told: oc
    .input(
      z.strictObject({
        id,
        visit,
        what: z.enum(["message", "opinion"]),
        of: id,
        how: z.array(z.enum(["shown", "spoken"])).min(1),
        talk: z.literal(true).optional(),
      }),
    )
    .output(nothing)
    .errors(declared("visit.closed", "care.unknown", "store.failed", "store.full", "store.broken")),
  rate: oc
    .input(z.strictObject({ id, visit, rating: z.int().min(1).max(3) }))
    .output(nothing)
    .errors(kept),
} as const;
