import type { RoomView } from "../../core/contract/hub-rooms.ts";
import type { ConsultView } from "../../core/contract/station.ts";
import type { Check, MeasureEvent, Signal, StationView, VisitView } from "../../core/contract/views.ts";
import type { DoctorView } from "../../core/contract/visit-doctor.ts";
import type { Found, IdentifyEvent, TrendPoint } from "../../core/contract/visit-parts.ts";
import type { ServicesView } from "../../core/contract/visit-services.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Measurement, Opinion } from "../../core/journal/entry.ts";
import type { StationDoor } from "../../renderer/station.ts";
import type { FakeQuality } from "./fake-quality.ts";
import type { FakeTechnician } from "./fake-technician.ts";
import type { Source } from "./feed-of.ts";

/** A station host in memory: the real contract over a real message port, the real rules, invented devices and people. */
export interface FakeStation {
  /** A new door to it. */
  door(): StationDoor;
  setStation(change: Partial<StationView>): void;
  /** Cuts the line; the door dials again by itself while `answers` is true. */
  cut(): void;
  answers: boolean;
  /** Cuts the line and lets nobody in any more, as if the key were wrong. */
  forbid(): void;
  setCall(change: Partial<ConsultView>): void;
  /** The room of the present call. */
  setRoom(change: Partial<RoomView>): void;
  /** A doctor's voice note is at the hub. Answers its id. */
  leaveNote(bytes: Uint8Array): string;
  giveOpinion(text: string, next: Opinion["next"]): void;
  /** A card lies there: what its reader says. */
  lay(event: IdentifyEvent): void;
  /** The present visit, changed by the host itself: idleness, an alarm that was heard. */
  changeVisit(change: Partial<VisitView>): void;
  /** The host ends the visit by itself. */
  closeVisit(): void;
  /** What came in with each call, by its name, oldest first. */
  inputs(call: string): readonly unknown[];
  /** Lets go of what it remembers of calls and of measurements that are over. */
  forget(): void;
  /** One more event of the measurement begun last, as if its device had given it. */
  say(event: MeasureEvent): void;
  /** Calls that came in, `visit.open` and so on, oldest first. */
  readonly heard: readonly string[];
  readonly signals: Source<Signal>;
  readonly technician: FakeTechnician;
  readonly quality: FakeQuality;
}

export interface FakeOptions {
  /** Milliseconds between two events of a measurement. */
  readonly paceMs?: number;
  readonly restSeconds?: number;
  /** Pressures in the order measured. */
  readonly pressures?: readonly (readonly [number, number, number])[];
  readonly glucose?: number;
  readonly glucoseComparator?: "<" | ">";
  readonly lipids?: readonly Measurement["readings"][number][];
  readonly doubts?: Measurement["doubts"];
  readonly confirms?: readonly Check[];
  /** The check fails with this code. */
  readonly fails?: Partial<Readonly<Record<Check, FaultCode>>>;
  /** Neither another way is kept, nor a guest's results, for this reason. */
  readonly linkFails?: "identify.expired";
  readonly openFails?: "store.full" | "identify.expired";
  /** What a card found is changed to, from a newcomer who is asked everything. */
  readonly found?: Partial<Found>;
  /** The visit that the host goes on with, in place of a new one. */
  readonly resumes?: Partial<VisitView>;
  readonly seatSeconds?: number;
  readonly trend?: readonly TrendPoint[];
  readonly services?: Partial<ServicesView>;
  readonly owner?: string;
  readonly printFails?: "device.paperOut";
  /** A line that the printer asks the page to draw. */
  readonly printDraws?: string;
  readonly enterFails?: "gate.outOfRange";
  readonly callFails?: "consult.hubAway";
  /** Whom to call when no doctor can be reached. */
  readonly dutyPhone?: string;
  readonly messageFails?: "store.full";
  /** How a call waits. */
  readonly waits?: Partial<ConsultView>;
  /** How it stands with a family doctor. */
  readonly doctor?: Partial<DoctorView>;
  /** A measurement stays in its last phase until stopped. */
  readonly holds?: boolean;
}
