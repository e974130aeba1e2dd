import type { MeasureEvent } from "../../../core/contract/views.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import type { GlucoseContext } from "../../../core/rules/glucose.ts";
import { faultOf } from "../../station.ts";
import { armAsked } from "../arm.ts";
import type { Live } from "../live.ts";
import type { Base } from "./shown.ts";

/** One measurement at a time: starts it by the person's act, shows its course, ends it. */
export function createMeasuring(
  { door, newId, shown, show, send, tell }: Base,
  parts: {
    readonly live: Live;
    readonly opened: () => Promise<string | undefined>;
    /** The doctor's wish that this is begun for. */
    readonly asked: (of: OfferedKind) => { readonly ask: string; readonly by: "touch" | "voice" } | undefined;
    /** Every event, for a doctor who looks on. */
    readonly onEvent: (measurement: string, of: OfferedKind, event: MeasureEvent) => void;
  },
) {
  const { live } = parts;
  let leave = () => {};
  const letGo = () => {
    leave();
    leave = () => {};
    live.clear();
  };
  const failed = (code: FaultCode) => {
    const { run } = shown();
    if (run) show({ run: { ...run, fault: code } });
    send({ kind: "fault", code });
  };

  async function start(of: OfferedKind, meal: GlucoseContext | undefined): Promise<void> {
    const id = newId();
    letGo();
    show({ wasStopped: false, run: { id, of, phase: undefined, heard: undefined, accepted: false, fault: undefined } });
    const own = () => (shown().run?.id === id ? shown().run : undefined);
    const open = await parts.opened();
    if (!own()) return;
    if (open === undefined) return send({ kind: "fault", code: "visit.closed" });
    const arm = of === "bloodPressure" ? armAsked(shown().visit)?.arm : undefined;
    const context = { ...(meal === undefined ? {} : { meal }), ...(arm === undefined ? {} : { arm }) };
    try {
      const asked = parts.asked(of);
      await door.client.measure.start({ id, visit: open, of, context, ...(asked === undefined ? {} : { asked }) });
    } catch (error) {
      if (own()) send({ kind: "fault", code: faultOf(error) });
      return;
    }
    // Stopped while the host was still answering: stop what has begun since.
    if (!own() || shown().screen.at !== "measure") return tell(door.client.measure.stop({ id }));
    leave = door.feed(
      (client, options) => client.measure.watch({ id }, options),
      (event) => {
        if (own()) hear(id, of, event);
      },
      (code) => {
        if (code !== undefined && own()?.accepted === false) send({ kind: "fault", code });
      },
    );
  }

  function hear(id: string, of: OfferedKind, event: MeasureEvent): void {
    parts.onEvent(id, of, event);
    if (event.kind === "progress") return live.push(event.readings);
    if (event.kind === "wave") return live.pushWave(event.of, event.samples);
    const { run } = shown();
    if (run?.id !== id) return;
    switch (event.kind) {
      case "phase":
        return show({
          run: { ...run, phase: { name: event.phase, latestMs: event.latestMs, end: Date.now() + event.latestMs } },
        });
      case "confirm":
        show({ run: { ...run, heard: event.measurement } });
        return send({ kind: "measured", confirm: true });
      case "accepted":
        show({ run: { ...run, accepted: true } });
        // After `same` the machine is on the result already.
        return send({ kind: "measured", confirm: false });
      case "refused":
        return show({ run: { ...run, fault: event.reason } });
      case "fault":
        return show({ run: { ...run, fault: event.code } });
      case "ended":
        leave();
        if (run.accepted) return;
        return failed(event.code ?? run.fault ?? "device.unknown");
    }
  }

  return {
    start,
    letGo,
    stop(): void {
      const { run } = shown();
      letGo();
      if (run) tell(door.client.measure.stop({ id: run.id }));
      show({ wasStopped: true });
    },
    async answerConfirm(same: boolean): Promise<void> {
      const id = shown().run?.id;
      if (id === undefined) return;
      try {
        await door.client.measure.confirm({ id, same });
      } catch (error) {
        if (same && shown().run?.id === id) failed(faultOf(error));
      }
    },
  };
}
