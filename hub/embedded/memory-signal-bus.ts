import type { Signal } from "../../core/contract/views.ts";
import type { SignalBus, Topic } from "../ports/signal-bus.ts";

/** A call that says more than this in one direction loses its oldest signals; a healthy one has some dozens. */
const boxLimit = 2_000;

interface Box {
  next: number;
  signals: Signal[];
  ids: Set<string>;
}

/** `start`: how often this hub was started. Signals do not survive a restart, but their numbers go on growing over it. */
export function createMemorySignalBus(start: number): SignalBus {
  const listeners = new Map<Topic, Set<() => void>>();
  /** By call, then by participant. */
  const boxes = new Map<string, Map<string, Box>>();
  const first = (start - 1) * 1_000_000 + 1;

  const box = (call: string, party: string): Box => {
    const ofCall = boxes.get(call) ?? new Map<string, Box>();
    boxes.set(call, ofCall);
    const found = ofCall.get(party) ?? { next: first, signals: [], ids: new Set() };
    ofCall.set(party, found);
    return found;
  };
  const bus: SignalBus = {
    announce(topic) {
      for (const listener of [...(listeners.get(topic) ?? [])]) listener();
    },
    listen(topic, listener) {
      const heard = listeners.get(topic) ?? new Set();
      listeners.set(topic, heard);
      heard.add(listener);
      return () => {
        heard.delete(listener);
        if (heard.size === 0 && listeners.get(topic) === heard) listeners.delete(topic);
      };
    },
    post(call, to, id, body) {
      const into = box(call, to);
      if (id !== undefined) {
        if (into.ids.has(id)) return;
        into.ids.add(id);
      }
      into.signals.push({ seq: into.next++, body });
      if (into.signals.length > boxLimit) into.signals.shift();
      bus.announce(`signals:${call}`);
    },
    signals: (call, party, after) => {
      const said = boxes.get(call)?.get(party)?.signals ?? [];
      // Numbers have no gaps within a box: where to begin follows from the first.
      return said.slice(Math.max(0, after + 1 - (said[0]?.seq ?? 0)));
    },
    clear(call) {
      for (const found of boxes.get(call)?.values() ?? []) {
        found.signals = [];
        found.ids.clear();
      }
    },
  };
  return bus;
}
