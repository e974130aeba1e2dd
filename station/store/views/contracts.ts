import { at, put, set, type Projector } from "./change.ts";

/** Who asks another doctor waits for the first one no more. */
export const contractAsked: Projector<"contract.asked"> = ({ contract, doctor }, { subject, heardAt, seq }) =>
  subject === null
    ? []
    : [
        set("contracts", { resident: subject, state: "asked" }, { state: "changed", at: at(heardAt) }),
        put("contracts", {
          id: contract,
          resident: subject,
          doctor: doctor.id,
          doctor_name: doctor.name,
          org: doctor.org,
          state: "asked",
          at: at(heardAt),
          until: null,
          reason: null,
          seq,
        }),
      ];

/** Ended is ended, whatever the hub says that did not know it yet: `heard` moves only what still stands. */
export const contractEnded: Projector<"contract.ended"> = ({ contract }, { heardAt }) =>
  (["asked", "active"] as const).map((state) =>
    set("contracts", { id: contract, state }, { state: "ended", at: at(heardAt) }),
  );

export const contractHeard: Projector<"contract.heard"> = ({ contract, state, until, reason, ...heard }) => {
  const row = {
    state,
    at: at(heard.at),
    until: until === undefined ? null : at(until),
    reason: reason ?? null,
  };
  const from = state === "changed" ? ["active", "asked"] : state === "expired" ? ["active"] : ["asked"];
  return from.map((before) => set("contracts", { id: contract, state: before }, row));
};
