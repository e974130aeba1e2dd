/** Above this (of 127) somebody speaks; below it is a room with a fan. */
const speech = 70;
/** A new speaker must be this much louder, so that two who talk at once do not flicker. */
const margin = 8;
const smoothing = 0.1;

/** Who speaks, from the levels that come with the voice packets. Nobody is deposed by silence. */
export class SpeakerWatch {
  readonly #levels = new Map<string, number>();
  #speaker: string | undefined;

  get speaker(): string | undefined {
    return this.#speaker;
  }

  /** Answers true when the speaker changed. */
  heard(participant: string, level: number): boolean {
    const smooth = (this.#levels.get(participant) ?? 0) * (1 - smoothing) + level * smoothing;
    this.#levels.set(participant, smooth);
    if (participant === this.#speaker || smooth < speech) return false;
    const now = this.#speaker === undefined ? 0 : (this.#levels.get(this.#speaker) ?? 0);
    if (smooth < now + margin) return false;
    this.#speaker = participant;
    return true;
  }

  left(participant: string): void {
    this.#levels.delete(participant);
    if (this.#speaker === participant) this.#speaker = undefined;
  }
}
