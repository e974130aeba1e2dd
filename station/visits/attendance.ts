import { instant, type Clock, type Instant } from "../../core/domain/time.ts";

/** Nobody touched anything for so long: the person is asked. */
export const quietMs = 60_000;
/** And so long the person has to answer. */
export const warningMs = 20_000;
/** While a device, a rest or a call is waited for, nobody has to touch anything; it is looked at again after this long. */
const lookMs = 1_000;

export interface AttendanceParts {
  readonly clock: Clock;
  /** Something runs that nobody has to touch anything for. */
  readonly busy: () => boolean;
  /** The question is asked (`endsAt`), or nothing is asked any more. */
  readonly onWarning: (endsAt: Instant | undefined) => void;
  /** Nobody is there. */
  readonly onOver: () => void;
}

/** Whether somebody is still there, by the host's own clock: a page that hangs keeps no visit open. */
export class Attendance {
  readonly #parts: AttendanceParts;
  #cancel: () => void = () => {};
  #endsAt: Instant | undefined;
  #present = false;

  constructor(parts: AttendanceParts) {
    this.#parts = parts;
  }

  /** UTC; undefined while nothing is asked. */
  get endsAt(): Instant | undefined {
    return this.#endsAt;
  }

  begin(): void {
    this.#present = true;
    this.#wait();
  }

  /** Somebody is there. As often as one likes. */
  touch(): void {
    if (!this.#present) return;
    this.#warn(undefined);
    this.#wait();
  }

  end(): void {
    this.#present = false;
    this.#cancel();
    this.#endsAt = undefined;
  }

  #wait(ms = quietMs): void {
    this.#cancel();
    this.#cancel = this.#parts.clock.after(ms, () => this.#quiet());
  }

  #quiet(): void {
    if (this.#parts.busy()) return this.#hold();
    this.#warn(instant(this.#parts.clock.now() + warningMs));
    this.#cancel = this.#parts.clock.after(warningMs, () => {
      if (this.#parts.busy()) return this.#hold();
      this.end();
      this.#parts.onOver();
    });
  }

  /** Until nothing runs any more; then the minute begins. */
  #hold(): void {
    this.#warn(undefined);
    this.#cancel = this.#parts.clock.after(lookMs, () => (this.#parts.busy() ? this.#hold() : this.#wait()));
  }

  #warn(endsAt: Instant | undefined): void {
    if (endsAt === this.#endsAt) return;
    this.#endsAt = endsAt;
    this.#parts.onWarning(endsAt);
  }
}
