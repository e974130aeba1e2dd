import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";

/** What went wrong with the last wish, in words; nothing while nothing did. */
export function Fault({ code }: { readonly code: FaultCode | undefined }) {
  const text = useText();
  if (code === undefined) return null;
  return (
    <p className="work-fault" role="alert" data-testid="work-fault">
      {code === "wire.closed" ? text("desk.line.away") : text.fault(code)}
    </p>
  );
}
