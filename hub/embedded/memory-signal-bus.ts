import type { Counted, Listener, Posted, SignalBus, Topic } from "../ports/signal-bus.ts";

/** A call that says more than this in one direction loses its oldest signals; a healthy one has some dozens. */
const boxLimit = 500;
/** Pages that one party may have open in a call at a time, and reload. */
const countingsAtMost = 16;

interface Box {
  /** Whoever reads it listens to this. */
  readonly topic: Topic;
  next: number;
  signals: Posted[];
  /** What the owner of the box says itself, by the name of its counting. */
  counted: Map<string, Counted>;
}

/** `start`: how often this hub was started. Signals do not survive a restart, but their numbers go on growing over it. */
export function createMemorySignalBus(start: number): SignalBus {
  /** Replaced rather than changed: who is told may leave, and come, meanwhile. Most topics have one who listens: a list of one is written as such, for a spread keeps room for seventeen. */
  const listeners = new Map<Topic, readonly Listener[]>();
  /** By call, then by participant. */
  const boxes = new Map<string, Map<string, Box>>();
  const first = (start - 1) * 1_000_000 + 1;

  const box = (call: string, party: string): Box => {
    const known = boxes.get(call)?.get(party);
    if (known) return known;
    const ofCall = boxes.get(call) ?? new Map<string, Box>();
    boxes.set(call, ofCall);
    const topic = `signals:${call}:${party}` as const;
    const made = { topic, next: first, signals: [], counted: new Map<string, Counted>() };
    ofCall.set(party, made);
    return made;
  };
  const bus: SignalBus = {
    announce(topic) {
      for (const listener of listeners.get(topic) ?? []) listener.notice();
    },
    listen(topic, listener) {
      const others = listeners.get(topic);
      listeners.set(topic, others ? [...others, listener] : [listener]);
    },
    leave(topic, listener) {
      const others = (listeners.get(topic) ?? []).filter((one) => one !== listener);
      if (others.length > 0) listeners.set(topic, others);
      else listeners.delete(topic);
    },
    post(call, to, body) {
      const into = box(call, to);
      into.signals.push({ seq: into.next++, text: JSON.stringify(body) });
      if (into.signals.length > boxLimit) into.signals.shift();
      bus.announce(into.topic);
    },
    counted(call, party, name) {
      const { counted } = box(call, party);
      const known = counted.get(name) ?? { last: 0 };
      // The one that was named longest ago goes first.
      counted.delete(name);
      counted.set(name, known);
      const [oldest] = counted.keys();
      if (oldest !== undefined && counted.size > countingsAtMost) counted.delete(oldest);
      return known;
    },
    signals: (call, party, after) => {
      const said = boxes.get(call)?.get(party)?.signals ?? [];
      // Numbers have no gaps within a box: where to begin follows from the first.
      return said.slice(Math.max(0, after + 1 - (said[0]?.seq ?? 0)));
    },
    clear(call) {
      for (const found of boxes.get(call)?.values() ?? []) {
        found.signals = [];
        found.counted.clear();
      }
    },
  };
  return bus;
}
