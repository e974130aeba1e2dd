import type { Alike, Pair } from "../../../core/contract/hub-person.ts";
import { useText } from "../../parts/language.tsx";

/** Both records beside each other, and why they may be one person's. */
export function Compared({ pair: { one, other, why } }: { readonly pair: Pair }) {
  const text = useText();
  const rows = [
    ["station", (person: Alike) => person.stationName],
    ["sex", (person: Alike) => text(`desk.same.${person.sex}`)],
    ["born", (person: Alike) => String(person.birthYear)],
    ["record", (person: Alike) => `#${person.resident.slice(-6)}`],
  ] as const;
  return (
    <>
      <p className="same-why">
        {why.map((each) => (
          <span key={each} className="tag">
            {text(`desk.same.why.${each}`)}
          </span>
        ))}
      </p>
      <div className="same-two">
        {[one, other].map((person) => (
          <section key={`${person.station} ${person.resident}`} aria-label={person.name} data-testid="same-record">
            <h3>{person.name}</h3>
            <dl>
              {rows.map(([what, words]) => (
                <div key={what}>
                  <dt>{text(`desk.same.${what}`)}</dt>
                  <dd>{words(person)}</dd>
                </div>
              ))}
            </dl>
            {!person.inCare && <p className="hint">{text("desk.same.notInCare")}</p>}
          </section>
        ))}
      </div>
    </>
  );
}
