import { useId, useState, type ReactNode } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../hub.ts";

/** What a field gives to its control, so that its fault is read out with it. */
export interface Told {
  readonly "aria-invalid"?: true;
  readonly "aria-describedby"?: string;
}

/** A label, its control, and beneath it what is wrong with what stands there, or else what belongs there. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
  readonly children: (told: Told) => ReactNode;
}) {
  const id = useId();
  const { wrong, hint } = props;
  const under = wrong ?? hint;
  const told: Told = {
    ...(wrong === undefined ? {} : { "aria-invalid": true }),
    ...(under === undefined ? {} : { "aria-describedby": id }),
  };
  return (
    <div className="staff-field">
      <label className="work-field">
        {props.label}
        {props.children(told)}
      </label>
      {under !== undefined && (
        <p
          id={id}
          className={wrong === undefined ? "hint" : "staff-wrong"}
          {...(wrong === undefined ? {} : { role: "alert", "data-testid": "staff-wrong" })}
        >
          {under}
        </p>
      )}
    </div>
  );
}

interface Sending {
  readonly busy: boolean;
  readonly fault: FaultCode | undefined;
  /** Undefined: it was refused, and `fault` says why; nothing that was typed is touched. */
  readonly send: <T>(work: () => Promise<T>) => Promise<T | undefined>;
}

/** One wish at a time, and why the last one was refused. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  return {
    busy,
    fault,
    async send(work) {
      if (busy) return undefined;
      setBusy(true);
      setFault(undefined);
      try {
        return await work();
      } catch (error) {
        setFault(faultOf(error));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
  };
}
