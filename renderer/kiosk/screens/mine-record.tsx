import { useEffect, useState } from "react";
import type { FamilyView, Relative } from "../../../core/contract/visit-parts.ts";
import { offeredKinds, type OfferedKind } from "../../../core/domain/outcome.ts";
import { quantities } from "../../../core/domain/quantity.ts";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { unitWords } from "../../parts/reading.tsx";
import { checkNames, dayWords } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { marks, trendQuantities, trendRows, trendWords, type TrendRow } from "../trend-rows.ts";
import { useEngine, useShown } from "../use-kiosk.ts";

/** Every kind that was ever measured: the last number, and the way there as a line. `of`: a relative's, who agreed. */
export function MyRecord({ of: relative }: { readonly of?: Pick<Relative, "id" | "shownName"> }) {
  const text = useText();
  const engine = useEngine();
  const { visit } = useShown();
  const [kinds, setKinds] = useState<readonly (readonly [OfferedKind, readonly TrendRow[]])[]>();
  useEffect(() => {
    let left = false;
    void Promise.all(
      offeredKinds.map(async (of) => [of, trendRows(of, await engine.trend(of, relative?.id), [], 30)] as const),
    ).then((all) => {
      if (!left) setKinds(all.filter(([, rows]) => rows.length > 0));
    });
    return () => {
      left = true;
    };
  }, [engine, relative]);
  const guest = visit?.kind !== "resident";
  return (
    <Screen
      name="mine"
      of="record"
      step={relative?.id ?? "record"}
      title={relative === undefined ? text("kiosk.mine.record") : relative.shownName}
      note={
        <>
          <p className="quiet">{text("foot.privacy")}</p>
          {relative === undefined && !guest && <WhoLooked />}
        </>
      }
      says={[{ key: guest ? "kiosk.mine.record.guest" : "kiosk.mine.record" }]}
    >
      {guest || kinds?.length === 0 ? (
        <div className="state">
          <Picture name="record" className="state-picture" />
          <p className="lead" data-testid="record-none">
            {text(guest ? "kiosk.mine.record.guest" : "kiosk.mine.record.none")}
          </p>
        </div>
      ) : (
        <ul className="record-rows" data-testid="record">
          {(kinds ?? []).map(([of, rows]) => (
            <RecordRow key={of} of={of} rows={rows} />
          ))}
        </ul>
      )}
    </Screen>
  );
}

/** The last of those, besides oneself, who looked at this record. */
function WhoLooked() {
  const text = useText();
  const engine = useEngine();
  const [looks, setLooks] = useState<FamilyView["looks"]>([]);
  useEffect(() => {
    let left = false;
    void engine.family.read().then((view) => {
      if (!left) setLooks((view?.looks ?? []).filter(({ self }) => !self));
    });
    return () => {
      left = true;
    };
  }, [engine]);
  // One look goes through every kind: each person is named once, with the last day.
  const last = [
    ...new Map(looks.toReversed().map((look) => [look.shownName ?? look.role, look])).values(),
  ].toReversed();
  if (last.length === 0) return null;
  return (
    <p className="quiet" data-testid="who-looked">
      {text("kiosk.family.looked")}{" "}
      {last
        .slice(0, 3)
        .map(({ shownName = "", at }) => `${shownName} ${dayWords(text, at)}`)
        .join(" · ")}
    </p>
  );
}

function RecordRow({ of, rows }: { readonly of: OfferedKind; readonly rows: readonly TrendRow[] }) {
  const text = useText();
  const last = rows.at(-1);
  const others = rows.filter(({ mark }) => mark === "joined").length;
  const [quantity] = trendQuantities[of];
  if (last === undefined || quantity === undefined) return null;
  return (
    <li data-testid={`record-${of}`}>
      <Picture name={of} />
      <div>
        <p className="answer-name">{text(checkNames[of])}</p>
        <p className="quiet">
          {dayWords(text, last.at)} · {text("kiosk.mine.record.times", { n: rows.length })}
          {last.mark !== undefined && ` · ${text(marks[last.mark].name)}`}
        </p>
        {others > 0 && (
          <p className="quiet" data-testid="record-joined">
            {text("kiosk.from.others", { n: others })}
          </p>
        )}
      </div>
      <Line values={rows.map(({ values }) => values[0])} />
      <p className="record-number">
        <span className="number number-card">{trendWords(of, last)}</span>
        <span className="unit">{unitWords(text, quantities[quantity].units[0])}</span>
      </p>
    </li>
  );
}

/** A line without axes: up or down, and where it ended. The numbers stand beside it. */
function Line({ values }: { readonly values: readonly (number | undefined)[] }) {
  const known = values.filter((value) => value !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const points = known.map((value, index) => {
    const x = known.length === 1 ? 60 : 6 + (108 * index) / (known.length - 1);
    return [x, high === low ? 20 : 34 - (28 * (value - low)) / (high - low)] as const;
  });
  const end = points.at(-1);
  return (
    <svg className="record-line" viewBox="0 0 120 40" aria-hidden="true">
      <path d={`M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`} />
      {end !== undefined && <circle cx={end[0]} cy={end[1]} r="5" />}
    </svg>
  );
}
