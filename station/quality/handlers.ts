import { implement } from "@orpc/server";
import { stationContract } from "../../core/contract/station.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { gateLimits } from "../../core/quality/gate-table.ts";
import type { Operation } from "../../core/rights.ts";
import { storeFaultOf } from "../visits/scribe.ts";
import { certificateFor } from "./certificates.ts";
import { chartOf } from "./chart.ts";
import type { SignedInStaff } from "./desk.ts";
import { proofOf } from "./proof.ts";
import type { Quality } from "./quality.ts";

const os = implement(stationContract).quality;

type QualityOperation = Extract<Operation, `quality.${string}`>;

/** The implementation of `stationContract.quality`. Every call but `proof` asks who is signed in and whether they may. */
export function qualityHandlers(quality: Quality) {
  const { acts, controls, watch, parts } = quality;
  const may = (session: string, operation: QualityOperation): SignedInStaff => {
    const allowed = parts.staff.may(session, operation);
    if (!allowed.ok) throw new Refused(allowed.code);
    return allowed.value;
  };

  return {
    watch: os.watch.handler(({ input, signal, errors }) =>
      told(errors, () => {
        const who = may(input.session, "quality.watch");
        return Promise.resolve(
          quality.views(who.staff, signal === undefined ? who.signal : AbortSignal.any([signal, who.signal])),
        );
      }),
    ),
    lots: {
      open: os.lots.open.handler(({ input, errors }) =>
        told(errors, async () =>
          taken(await acts.openLot(may(input.session, "quality.lots.open"), input.id, input.lot)),
        ),
      ),
      close: os.lots.close.handler(({ input, errors }) =>
        told(errors, async () => taken(await acts.closeLot(may(input.session, "quality.lots.close"), input.id, input))),
      ),
    },
    control: {
      start: os.control.start.handler(({ input, errors }) =>
        told(errors, async () => taken(await controls.start(may(input.session, "quality.control.start"), input))),
      ),
      watch: os.control.watch.handler(({ input, signal, errors }) =>
        told(errors, () => {
          const who = may(input.session, "quality.control.watch");
          const ends = signal === undefined ? who.signal : AbortSignal.any([signal, who.signal]);
          const story = controls.watch(input.id, ends);
          if (story === undefined) throw new Refused("quality.unknown");
          return Promise.resolve(story);
        }),
      ),
      stop: os.control.stop.handler(({ input, errors }) =>
        told(errors, async () => {
          may(input.session, "quality.control.stop");
          await controls.stop(input.id);
          return {};
        }),
      ),
      enter: os.control.enter.handler(({ input, errors }) =>
        told(errors, async () => taken(await controls.enter(may(input.session, "quality.control.enter"), input))),
      ),
      chart: os.control.chart.handler(({ input, errors }) =>
        told(errors, () => {
          may(input.session, "quality.control.chart");
          const { device, analyte, level, lot } = input;
          const chart = chartOf(watch.factsOf(device), analyte, level, lot, watch.moment.zoneMinutes);
          if (chart === undefined) throw new Refused("quality.unknownLot");
          return Promise.resolve(chart);
        }),
      ),
      review: os.control.review.handler(({ input, errors }) =>
        told(errors, async () =>
          taken(await acts.review(may(input.session, "quality.control.review"), input.id, input)),
        ),
      ),
    },
    calibration: {
      record: os.calibration.record.handler(({ input, errors }) =>
        told(errors, async () => {
          const who = may(input.session, "quality.calibration.record");
          const { verdict, points, flags } = taken(await acts.check(who, input.id, input));
          return { entry: input.id, verdict, points, flags };
        }),
      ),
    },
    verification: {
      record: os.verification.record.handler(({ input, errors }) =>
        told(errors, async () =>
          taken(await acts.verify(may(input.session, "quality.verification.record"), input.id, input.certificate)),
        ),
      ),
    },
    comparison: {
      record: os.comparison.record.handler(({ input, errors }) =>
        told(errors, async () => {
          const who = may(input.session, "quality.comparison.record");
          const { verdict, pairs } = taken(await acts.compare(who, input.id, input.device, input.pairs));
          return { entry: input.id, verdict, pairs };
        }),
      ),
    },
    cleaning: {
      record: os.cleaning.record.handler(({ input, errors }) =>
        told(errors, async () =>
          taken(await acts.clean(may(input.session, "quality.cleaning.record"), input.id, input.device)),
        ),
      ),
    },
    training: {
      record: os.training.record.handler(({ input, errors }) =>
        told(errors, async () =>
          taken(await acts.train(may(input.session, "quality.training.record"), input.id, input)),
        ),
      ),
    },
    override: {
      use: os.override.use.handler(({ input, errors }) =>
        told(errors, async () => {
          const who = may(input.session, "quality.override.use");
          const { until, count } = taken(await acts.override(who, input.id, input.device, input.reason));
          return { entry: input.id, until, left: gateLimits.overrides.limit - count };
        }),
      ),
    },
    release: os.release.handler(({ input, errors }) =>
      told(errors, async () =>
        taken(await acts.release(may(input.session, "quality.release"), input.id, input.device, input.reason)),
      ),
    ),
    proof: os.proof.handler(({ input, errors }) =>
      told(errors, async () => {
        const proof = await proofOf(input.measurement, parts.store, watch, (id) => parts.table.findProfile(id));
        if (proof === undefined) throw new Refused("quality.unknown");
        return proof;
      }),
    ),
    certificate: os.certificate.handler(({ input, errors }) =>
      told(errors, async () => {
        const who = may(input.session, "quality.certificate");
        return taken(await certificateFor(quality, who, input));
      }),
    ),
  };
}

/** A declared refusal on its way out of a handler; never leaves this file. */
class Refused extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}

type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: FaultCode };

function taken<T>(answer: Answered<T>): T {
  if (answer.ok) return answer.value;
  throw new Refused(answer.code);
}

/**
 * Tells refusals by the code that is declared. The acts and the contract name the same codes; one that a call does not
 * declare is refused by the wire itself and comes out as `wire.internal`.
 */
async function told<T>(
  errors: { readonly FAULT: (said: { readonly data: { readonly code: never } }) => Error },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Refused ? error.code : storeFaultOf(error);
    throw errors.FAULT({ data: { code: code as never } });
  }
}
