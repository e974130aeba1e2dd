import type { Found, TrendPoint } from "../../../core/contract/visit-parts.ts";
import type { Check, MeasureEvent, StationView, VisitView } from "../../../core/contract/views.ts";
import type { ConsentScope, ConsentWay } from "../../../core/domain/consent.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { GuestSaying, GuestScope } from "../../../core/domain/guests.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import type { Language } from "../../../core/i18n/language.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import { welcome, type KioskInput, type KioskState } from "../../../core/machine/kiosk.ts";
import type { DoorState, StationDoor } from "../../station.ts";
import { noCall, type CallShown, type ConsultKit } from "../call.ts";
import type { FamilyActs } from "./family.ts";
import type { LinkActs } from "./linking.ts";
import type { Carried } from "./message.ts";
import type { NewsItem, Telling } from "./news.ts";
import type { StillTaken } from "../../consult/still.ts";
import type { Live } from "../live.ts";

export type Over = "help" | "emergency" | "opinion" | "answer" | "proof" | "leave" | "idle" | "guest" | "ringBack";

/** The measurement that runs or ran last. */
export interface Run {
  readonly id: string;
  readonly of: OfferedKind;
  /** `end`: when it is over at the latest, milliseconds since 1970. */
  readonly phase:
    | {
        readonly name: Extract<MeasureEvent, { kind: "phase" }>["phase"];
        readonly latestMs: number;
        readonly end: number;
      }
    | undefined;
  /** Heard, and shown for comparing with the device's display. */
  readonly heard: Measurement | undefined;
  readonly accepted: boolean;
  /** Why it did not become a result. */
  readonly fault: FaultCode | undefined;
}

/** How the readers stand while somebody is awaited. */
export interface Listening {
  /** Which ways work now; absent until the host has said it. */
  readonly ways: { readonly card: boolean; readonly code: boolean; readonly phone: boolean } | undefined;
  /** A card lies there, or a phone number is being looked up. */
  readonly busy: boolean;
  /** Somebody's card was left on the reader: it is to be taken away first. */
  readonly left?: boolean;
  /** One may lie there that the reader does not see until it was lifted. */
  readonly lift?: boolean;
}

/** Everything a screen may show. Replaced whole on every change, except for live values, which go past it. */
export interface Shown {
  readonly line: DoorState;
  readonly station: StationView | undefined;
  readonly screen: KioskState;
  readonly over: Over | undefined;
  readonly listening: Listening;
  /** Who was recognized and is being asked; the machine itself knows no name. */
  readonly found: Found | undefined;
  readonly wasStopped: boolean;
  readonly visit: VisitView | undefined;
  readonly run: Run | undefined;
  readonly call: CallShown;
  /** The text of the QR code to take away. */
  readonly code: { readonly text: string; readonly how: "summary" | "link" } | undefined;
  /** Why the visit could not be opened. */
  readonly openFault: FaultCode | undefined;
  /** Controls in the lower half, enlarged. */
  readonly lower: boolean;
  /** Said goodbye, and nothing of the visit is left. */
  readonly farewell: boolean;
  /** Counts the people who sat here: with a new number everything on the page is made anew. */
  readonly sitting: number;
  /** What came for the person and was told in this visit; the host may not have said so yet. */
  readonly told: readonly string[];
  /** Questions about guests that were answered; the hub may not have heard so yet. */
  readonly guestsAnswered: readonly string[];
  /** The person wants to hear it another time. */
  readonly newsLater: boolean;
}

/** What is left of one person's visit for the next: nothing. */
export const empty = {
  over: undefined,
  listening: { ways: undefined, busy: false },
  found: undefined,
  wasStopped: false,
  visit: undefined,
  run: undefined,
  call: noCall,
  code: undefined,
  openFault: undefined,
  lower: false,
  told: [],
  guestsAnswered: [],
  newsLater: false,
} as const;

export const first = { ...empty, screen: welcome, farewell: false, sitting: 0 } as const;

/** What the parts of the engine share. */
export interface Base {
  readonly door: StationDoor;
  readonly newId: () => string;
  readonly shown: () => Shown;
  readonly show: (change: Partial<Shown>) => void;
  readonly send: (...inputs: readonly KioskInput[]) => void;
  /** Harmless calls: the host does what is right without the page, too. */
  readonly tell: (work: Promise<unknown>) => void;
}

export interface OwnActs extends Pick<Base, "door" | "newId"> {
  readonly language: () => Language;
  readonly visit: () => string | undefined;
  /** How the last thing was done: by touch or by key; by a helper where one operates. */
  readonly way: () => ConsentWay;
}

export interface Engine {
  readonly live: Live;
  readonly shown: () => Shown;
  readonly subscribe: (listener: () => void) => () => void;
  send(...inputs: readonly KioskInput[]): void;
  cover(over: Over | undefined): void;
  /** Measures once more: a second pressure of the same arm starts at once, everything else is prepared anew. */
  measureAgain(): void;
  /** Looks a person up by phone and the card's last four; answers the machine with `found` or `notFound`. */
  lookUp(phone: string, second: string): Promise<void>;
  /** Numbers typed by a person. Undefined: kept, and the result is shown. */
  enter(of: OfferedKind, readings: Measurement["readings"]): Promise<FaultCode | undefined>;
  /** Earlier readings of that kind, one's own or a relative's; empty where there are none or nobody may look. */
  trend(of: Check, relative?: string): Promise<readonly TrendPoint[]>;
  readonly family: FamilyActs;
  /** For pages that come later and bring their own acts along: the way to the host, and the visit that is open. */
  readonly own: OwnActs;
  readonly link: LinkActs;
  /** Gives or withdraws a consent in the middle of a visit. */
  consent(scope: ConsentScope, given: boolean): void;
  /** Somebody is there. `way`: how a consent that follows was said. */
  touch(way: "touch" | "key"): void;
  /** The page was drawn anew after a visit: nothing of it is left. */
  cleared(): void;
  /** What the person says about one who wants to watch or come along, or is in the call already (`withdrawn`). */
  guest(ask: string | undefined, scope: GuestScope, said: GuestSaying): void;
  /** Our own voice in the call. */
  mute(muted: boolean): void;
  /** A picture or a voice in the talk; undefined: nothing is shown. */
  hand(handed: Carried | undefined): void;
  /** A picture in the talk. */
  /** A doctor's voice note was played to its end. */
  heard(note: string): void;
  takeStill(): Promise<StillTaken>;
  /** Camera and microphone, for a message. */
  readonly kit: () => Promise<ConsultKit>;
  /** A message in place of a call. Undefined: the station has it. */
  leaveMessage(brings: readonly Carried[]): Promise<FaultCode | undefined>;
  /** The person has heard it; `talk`: and wants to talk about it. */
  told(item: NewsItem, how: Telling): void;
  newsLater(): void;
  toLower(lower: boolean): void;
  greet(): void;
  close(): void;
}
