import type { ConsentScope } from "../domain/consent.ts";
import type { FaultCode } from "../domain/faults.ts";
import type { OfferedKind } from "../domain/outcome.ts";
import type { AskedMedicine } from "../journal/answers.ts";
import type { Answers, Helper, NextChoice, Taking } from "../journal/visit-bodies.ts";
import type { GlucoseContext } from "../rules/glucose.ts";
import type { LaterBoard } from "./boards.ts";
import type { OwnPage } from "./own-pages.ts";

/** Who sits at the station. `token`: what the host gave for a card, a code or a phone; no name and no number is in here. */
export type Person =
  | { readonly kind: "guest" }
  | { readonly kind: "specimen"; readonly id: string }
  /** `mine`: the answer about a visit without a name. */
  | { readonly kind: "found"; readonly token: string; readonly mine?: boolean }
  /** A code nobody could be asked about: without a name, until its owner says that it was them. */
  | { readonly kind: "code"; readonly token: string };

/** What was found when somebody was recognized; the words for the screen stay with the page. */
export interface Recognized {
  readonly token: string;
  readonly known: boolean;
  readonly resumes: boolean;
  /** Consents still to be asked, in order. */
  readonly ask: readonly ConsentScope[];
  /** A guardian agrees. */
  readonly child?: boolean;
  /** There is a visit without a name in which a code of this person was shown. */
  readonly unclaimed?: true;
}

/**
 * Asked when there is a first result, not before it: boards of symptoms, medicines, what may be sent and shown, a sign of one's
 * own. Boards and medicines are asked during a rest, where there is one.
 */
export type Owed = LaterBoard | "medicines" | Exclude<ConsentScope, "keep"> | "sign";

/** What the page knows of a visit: no numbers, those come from the host. A call outlives the screen it was started on. */
export interface KioskVisit {
  readonly person: Person;
  readonly helper?: Helper;
  readonly done: readonly OfferedKind[];
  readonly call: "none" | "waiting" | "talking";
  readonly opinion: boolean;
  /** Still to be asked, in order. */
  readonly owed: readonly Owed[];
  readonly child?: boolean;
  /** Came by card for the first time: to be asked, once, whether phone or code shall do the next time. */
  readonly link?: true;
  /** Came without a name: whether the results are to be kept under one is asked once, before the end. */
  readonly keeping?: "unasked" | "asked";
  /** A card or a code can be read here. */
  readonly reads?: true;
  /** The quick check whose device is nearest to hand: the first thing offered, once. */
  readonly nearest?: OfferedKind;
  /** Symptoms named; absent until every board was asked, or one of them was an emergency. */
  readonly symptoms?: readonly string[];
  /** What was answered before measuring, and not to be asked twice. */
  readonly answers: Answers;
  /** What they take, as it was signed and reviewed; absent: nothing. */
  readonly takes?: readonly AskedMedicine[];
  /** The person agreed that a doctor sees the results. */
  readonly send: boolean;
  /** The pressure's questions and pictures were gone through: a second reading starts without them. */
  readonly rested: boolean;
  /** Attempts in a row that did not lead to a result. Three lead to a person. */
  readonly failures: number;
  /** Blood was taken for this check, and nobody has said yet where needle and strip are. */
  readonly pricked?: BloodCheck;
  /** Judged as an emergency while a measurement was not over; told as soon as it is. */
  readonly urgent: boolean;
}

export type BloodCheck = Extract<OfferedKind, "glucose" | "lipids">;

interface InVisit {
  readonly visit: KioskVisit;
}
interface OfCheck extends InVisit {
  readonly check: OfferedKind;
}

export type KioskState =
  | { readonly at: "welcome" }
  /** Lay a card or show a code. `tries`: wrong ones so far. */
  | { readonly at: "who"; readonly tries: number; readonly helper?: Helper; readonly wrong?: FaultCode }
  /** Without a card: the phone, or no name at all. */
  | { readonly at: "noCard"; readonly tries: number; readonly helper?: Helper }
  | {
      readonly at: "phone";
      readonly step: "number" | "second";
      readonly tries: number;
      readonly helper?: Helper;
      readonly wrong?: FaultCode;
    }
  /** "Is it you?" with picture and part of the name. */
  | { readonly at: "isItYou"; readonly found: Recognized; readonly tries: number; readonly helper?: Helper }
  /** A code, and nobody to ask whose it is: may it be kept with today's results until there is? */
  | { readonly at: "codeLater"; readonly token: string; readonly tries: number; readonly helper?: Helper }
  /** Somebody measured here with a code of this person and without a name: was it them? */
  | { readonly at: "wasIt"; readonly found: Recognized; readonly helper?: Helper }
  /** May anything be kept under the name? Nothing else is asked of a newcomer before the first result. */
  | { readonly at: "consent"; readonly found: Recognized; readonly helper?: Helper }
  /** Three wrong answers lead to a person. `then`: where one goes on. */
  | { readonly at: "person"; readonly then: KioskState }
  /** The board of emergencies, before anything is measured. */
  | ({ readonly at: "triage" } & InVisit)
  /**
   * One of what is still to be asked. `named`: symptoms so far; `onward`: where the person was going. Of medicines, `nth`: the one
   * gone back to; `doubt`: it was not, or is not known to be, taken, and which of the two is asked.
   */
  | ({
      readonly at: "owed";
      readonly what: Owed;
      readonly named: readonly string[];
      readonly onward: "home" | "showResults" | "finish" | "rest" | "medicines" | BloodCheck;
      readonly nth?: number;
      readonly doubt?: true;
    } & InVisit)
  | ({ readonly at: "emergency"; readonly from: "triage" | "result" | "help" } & InVisit)
  | ({ readonly at: "checks" } & InVisit)
  /** Glucose cannot start before the meal is known; for lipids it is asked, and unknown counts as not fasting. */
  | ({
      readonly at: "prepare";
      readonly step: number;
      readonly meal?: GlucoseContext;
      /** After a no that a picture may change: it is shown, then asked a last time. */
      readonly again?: "show" | "ask";
      /** While resting: the person has said that the cuff may start as soon as the rest is over. */
      readonly ready?: true;
    } & OfCheck)
  | ({ readonly at: "measure"; readonly meal?: GlucoseContext } & OfCheck)
  /** Typed numbers: height and waist, or one's own meter's. */
  | ({ readonly at: "enter" } & OfCheck)
  /** The resident compares the numbers with the device's display. */
  | ({ readonly at: "confirm" } & OfCheck)
  | ({ readonly at: "failed"; readonly code: FaultCode } & OfCheck)
  /** `putAway`: needle and strip are asked for before going on to `then`; `again`: after a first no. */
  | ({
      readonly at: "result";
      readonly putAway?: { readonly then: "home" | "showResults" | "finish"; readonly again: boolean };
      /** The next reading may start as soon as the rest before it is over. */
      readonly ready?: true;
    } & OfCheck)
  | ({ readonly at: "results" } & InVisit)
  /** What follows from the results, by action code; who owns it. */
  | ({ readonly at: "nextStep" } & InVisit)
  /** Paper or a code to take along; asked, never by itself. */
  | ({ readonly at: "takeAway"; readonly as: "ask" | "paper" | "code"; readonly wrong?: FaultCode } & InVisit)
  /** Coming without the card the next time: asked, by which way, typed or shown, done. */
  | ({
      readonly at: "link";
      readonly step: "ask" | "way" | "phone" | "code" | "done";
      readonly wrong?: FaultCode;
    } & InVisit)
  /** A guest, before the end: whether the results are to be kept, then by which card. `leaving`: no other question follows. */
  | ({ readonly at: "keep"; readonly step: "ask" | "card"; readonly leaving?: true } & InVisit)
  | ({ readonly at: "rate" } & InVisit)
  /** `menu`: the services' board in the place of one's own. */
  | ({ readonly at: "mine"; readonly menu?: "services"; readonly page?: OwnPage } & InVisit)
  /** Asked when a doctor is called and nobody agreed yet that one may see the results. */
  | ({ readonly at: "mayDoctor" } & InVisit)
  | ({ readonly at: "consult" } & InVisit)
  /** The doctor in the call asks for a measurement: yes or no. */
  /** `said`: a doctor heard the yes; it starts by itself after a warning, unless one touch stops it. */
  | ({ readonly at: "asked"; readonly said?: true } & OfCheck)
  /** In the talk: a picture the doctor asked for, or a voice where the line carries no live one. */
  | ({ readonly at: "show"; readonly what: "picture" | "voice" } & InVisit)
  /** A message for a doctor in place of a call: told, recorded, kept. */
  | ({ readonly at: "message"; readonly step: "ask" | "voice" | "picture" | "kept" } & InVisit)
  /** The page lost the host; `then` is where it goes on. */
  | { readonly at: "away"; readonly then: KioskState };

export type ConsentAnswers = Readonly<Partial<Record<ConsentScope, boolean>>>;

export type KioskInput =
  | {
      readonly kind:
        "start" | "back" | "stop" | "home" | "help" | "leave" | "idle" | "showResults" | "noCard" | "phone" | "finish";
    }
  /** Somebody is to come, now. */
  | { readonly kind: "fetch" }
  /** The host answered: the visit is open. `resumed`: it goes on where it was cut off. */
  | {
      readonly kind: "opened";
      readonly resumed: boolean;
      readonly send: boolean;
      readonly done: readonly OfferedKind[];
      readonly symptoms?: readonly string[];
      readonly answers: Answers;
      readonly takes?: readonly AskedMedicine[];
      readonly nearest?: OfferedKind;
      readonly reads?: true;
    }
  | { readonly kind: "helper"; readonly helper: Helper | undefined }
  | { readonly kind: "guest" }
  | { readonly kind: "specimen"; readonly id: string }
  | { readonly kind: "found"; readonly found: Recognized }
  /** A card that cannot be read, a code nobody knows, a wrong number. */
  | { readonly kind: "notFound"; readonly code: FaultCode }
  /** A code that nobody can be asked about now. */
  | { readonly kind: "held"; readonly token: string }
  | { readonly kind: "typed" }
  /** By which one wants to come the next time, besides `phone`; and that it is kept. */
  | { readonly kind: "code" | "linked" }
  /** Going, and maybe keeping the results under a name before. */
  | { readonly kind: "keep" }
  /** What the person says of a doctor seeing the results, on whatever screen; told again, it changes nothing. */
  | { readonly kind: "sends"; readonly given: boolean }
  /** Yes or no to what the screen asks. */
  | { readonly kind: "yes" | "no" }
  | { readonly kind: "sign"; readonly sign: string }
  | { readonly kind: "symptom"; readonly symptom: string }
  | { readonly kind: "answers"; readonly answers: Answers }
  /** Of the medicine that is asked about. */
  | { readonly kind: "taken"; readonly taken: Taking }
  | { readonly kind: "next" }
  | { readonly kind: "pick"; readonly check: OfferedKind }
  | { readonly kind: "enter"; readonly check: OfferedKind }
  | { readonly kind: "mine"; readonly menu?: "services"; readonly page?: OwnPage }
  | { readonly kind: "meal"; readonly meal: GlucoseContext }
  /** `ready`: may start when the rest is over. */
  | { readonly kind: "go" | "again" | "skip" | "ready" }
  /** The host heard a whole result; `confirm`: the wire cannot prove it, so the resident compares. */
  | { readonly kind: "measured"; readonly confirm: boolean }
  /** The host judged: severity 4 goes to the emergency page. */
  | { readonly kind: "judged"; readonly severity: number }
  | { readonly kind: "refused" | "fault"; readonly code: FaultCode }
  | { readonly kind: "same"; readonly same: boolean }
  | { readonly kind: "choose"; readonly choice: NextChoice }
  | { readonly kind: "takeAway"; readonly as: "paper" | "code" }
  | { readonly kind: "printed" }
  | { readonly kind: "rate"; readonly rating: 1 | 2 | 3 }
  | { readonly kind: "someoneIsHere" | "mistake" }
  | { readonly kind: "callDoctor" | "callTaken" | "callEnded" | "opinion" }
  /** The doctor asks for a measurement or a picture, or takes it back; a running one ends. */
  | { readonly kind: "doctorAsks" | "doctorStops"; readonly check: OfferedKind | "still" }
  /** A voice note in the talk; `shown`: picture or voice is on its way. */
  | { readonly kind: "say" | "shown" }
  /** In place of waiting; `messageKept`: the host has it. */
  | { readonly kind: "leaveMessage" | "messageKept" }
  | { readonly kind: "hostLost" | "hostBack" }
  /** The doctor heard a yes; `counted`: the warning is over, and nobody has touched the screen. */
  | { readonly kind: "saidYes" | "counted" };

/** Carried out by the page. Each is harmless when there is nothing to do. */
export type KioskEffect =
  | { readonly kind: "listen" | "stopListening" }
  | {
      readonly kind: "openVisit";
      readonly person: Person;
      readonly helper?: Helper;
      readonly consents: ConsentAnswers;
    }
  | { readonly kind: "endVisit"; readonly reason: "left" | "idle" }
  | { readonly kind: "answer"; readonly answers: Answers }
  | { readonly kind: "seat" }
  | { readonly kind: "alarm"; readonly reason: "symptom" | "result" | "asked"; readonly symptoms: readonly string[] }
  | { readonly kind: "alarmAnswered"; readonly how: "here" | "mistake" }
  | { readonly kind: "agree"; readonly scope: ConsentScope; readonly given: boolean }
  | { readonly kind: "sign"; readonly sign: string }
  | { readonly kind: "startMeasuring"; readonly check: OfferedKind; readonly meal?: GlucoseContext }
  | { readonly kind: "stopMeasuring" | "requestCall" | "endCall" | "showHelp" }
  | { readonly kind: "answerConfirm"; readonly same: boolean }
  /** What the doctor asked for is begun, or not. */
  | { readonly kind: "answerAsk"; readonly agreed: boolean; readonly by?: "voice" }
  | { readonly kind: "nextStep"; readonly choice: NextChoice }
  | { readonly kind: "print" | "showCode" }
  | { readonly kind: "rate"; readonly rating: 1 | 2 | 3 };

export interface KioskStep {
  readonly state: KioskState;
  readonly effects: readonly KioskEffect[];
}

export const welcome: KioskState = { at: "welcome" };
