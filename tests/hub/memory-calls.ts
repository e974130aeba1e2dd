import type { Call, CallStore } from "../../hub/ports/calls.ts";

/** A store that outlives any number of hubs in one test. `change` is one step here too: nothing waits inside it. */
export function memoryCalls(): CallStore & { readonly all: ReadonlyMap<string, Call> } {
  const all = new Map<string, Call>();
  const owned = new Set<string>();
  const keep = (call: Call) => {
    all.set(call.id, call);
    if (call.clinician) owned.add(`${call.id} ${call.clinician.id}`);
  };
  const open = () => [...all.values()].filter(({ outcome }) => outcome === undefined);
  return {
    all,
    find: (id) => Promise.resolve(all.get(id)),
    open: () => Promise.resolve(open()),
    insert: (id, decide) => {
      if (all.has(id)) return Promise.resolve(undefined);
      const { call } = decide(open);
      keep(call);
      return Promise.resolve(call);
    },
    change: (id, decide) => {
      const before = all.get(id);
      if (!before) return Promise.resolve(undefined);
      const decision = decide(before, open);
      if (!decision) return Promise.resolve({ call: before, changed: false });
      keep(decision.call);
      return Promise.resolve({ call: decision.call, changed: true });
    },
    ofVisit: (station, visit) =>
      Promise.resolve([...all.values()].filter((call) => call.visit === visit && call.station.id === station)),
    everOwned: (call, clinician) => Promise.resolve(owned.has(`${call} ${clinician}`)),
    roundLengths: () => Promise.resolve([]),
  };
}
