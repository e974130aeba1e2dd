/** A value that changes, and feeds that tell it: the present one first, then every change. */
export interface Source<T> {
  readonly value: T | undefined;
  set(value: T): void;
  follow(signal?: AbortSignal): AsyncGenerator<T, void, void>;
}

export function feedOf<T>(first?: T): Source<T> {
  let value = first;
  const waiting = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of [...waiting]) wake();
    waiting.clear();
  };
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      wakeAll();
    },
    async *follow(signal) {
      let told: T | undefined;
      while (signal?.aborted !== true) {
        if (value !== undefined && value !== told) {
          told = value;
          yield value;
          continue;
        }
        await new Promise<void>((wake) => {
          waiting.add(wake);
          const gone = () => {
            waiting.delete(wake);
            wake();
          };
          signal?.addEventListener("abort", gone, { once: true });
        });
      }
    },
  };
}
