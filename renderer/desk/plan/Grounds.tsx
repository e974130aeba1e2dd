import type { PlanGround, Seen } from "../../../core/care/plan-draft.ts";
import { quantities } from "../../../core/domain/quantity.ts";
import { useText } from "../../parts/language.tsx";
import { wallDay } from "../pages/work-kit.ts";
import { quantityName, unitSign } from "../words.ts";

/** Out of what a plan was drafted: each number once, with its day. */
export function Grounds({ grounds }: { readonly grounds: readonly PlanGround[] }) {
  const text = useText();
  const seen = new Map(grounds.flatMap((ground) => ground.seen).map((one) => [one.quantity, one] as const));
  const programmes = new Set(grounds.flatMap(({ programme }) => programme ?? []));
  const systolic = seen.get("bp.systolic");
  const diastolic = seen.get("bp.diastolic");
  const isPair = systolic !== undefined && diastolic?.at === systolic.at;
  const number = ({ quantity, value }: Seen): string => value.toFixed(quantities[quantity].decimals);
  return (
    <div className="plan-grounds" data-testid="plan-grounds">
      <h3>{text("desk.plan.grounds")}</h3>
      {grounds.length === 0 && <p className="hint">{text("desk.plan.grounds.none")}</p>}
      <ul>
        {[...programmes].map((programme) => (
          <li key={programme}>{text("desk.plan.followed", { what: text(`work.programme.${programme}`) })}</li>
        ))}
        {[...seen.values()].map((one) =>
          isPair && one === diastolic ? null : (
            <li key={one.quantity}>
              {isPair && one === systolic ? text("desk.of.bloodPressure") : quantityName(text, one.quantity)}{" "}
              <strong>{isPair && one === systolic ? `${number(systolic)}/${number(diastolic)}` : number(one)}</strong>{" "}
              <span className="unit">{unitSign(quantities[one.quantity].units[0])}</span>{" "}
              <span className="hint">{wallDay(Date.parse(one.at))}</span>
            </li>
          ),
        )}
      </ul>
    </div>
  );
}
