/** So many times are looked back over at the least, and twice as many at the most. */
const lookedBack = 60;

/**
 * How much longer than at best what comes takes: the queue of that direction alone. `sentAt` and `heardAt` are of two clocks
 * that need not agree, only run alike, all in milliseconds. The best is of the last minutes: clocks drift, and a line may
 * become another one.
 */
export function createWayTimes(): (sentAt: number, heardAt: number) => number {
  let before = Infinity;
  let best = Infinity;
  let count = 0;
  return (sentAt, heardAt) => {
    const took = heardAt - sentAt;
    if (count === lookedBack) {
      before = best;
      best = Infinity;
      count = 0;
    }
    count += 1;
    best = Math.min(best, took);
    return took - Math.min(best, before);
  };
}
