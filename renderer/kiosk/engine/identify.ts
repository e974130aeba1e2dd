import type { Found, IdentifyEvent } from "../../../core/contract/visit-parts.ts";
import { faults, type FaultCode } from "../../../core/domain/faults.ts";
import { faultOf } from "../../station.ts";
import { empty, type Base } from "./shown.ts";

const isFault = (code: string): code is FaultCode => Object.hasOwn(faults, code);

/** Cards, codes and phone numbers. Name and sign stay with the page's `Shown`; the machine gets a token. */
export function createIdentify({ door, shown, show, send }: Base) {
  let leave: (() => void) | undefined;
  let reads = false;

  const found = (person: Found) => {
    const { token, known, resumes, ask, child, unclaimed } = person;
    show({ found: person });
    send({
      kind: "found",
      found: { token, known, resumes, ask, child, ...(unclaimed === undefined ? {} : { unclaimed: true }) },
    });
  };

  function stop(): void {
    leave?.();
    leave = undefined;
    show({ listening: empty.listening });
  }

  function hear(event: IdentifyEvent): void {
    const { listening } = shown();
    switch (event.kind) {
      case "ready": {
        const { card, code, phone } = event;
        reads = card || code;
        return show({ listening: { ways: { card, code, phone }, busy: false } });
      }
      case "reading":
        return show({ listening: { ...listening, busy: true } });
      case "waiting":
        return show({
          listening: { ways: listening.ways, busy: false, ...(event.lift === true ? { lift: true } : {}) },
        });
      case "left":
        return show({ listening: { ways: listening.ways, busy: false, left: true } });
      case "found":
        return found(event.found);
      case "held":
        return send({ kind: "held", token: event.token });
      case "fault":
        show({ listening: { ways: listening.ways, busy: false } });
        return send({ kind: "notFound", code: isFault(event.code) ? event.code : "identify.notFound" });
    }
  }

  async function lookUp(phone: string, second: string): Promise<void> {
    const asked = shown().screen;
    const isAwaited = () => shown().screen === asked;
    show({ listening: { ...shown().listening, busy: true } });
    try {
      const person = await door.client.identify.phone({ phone, second });
      if (isAwaited()) found(person);
    } catch (error) {
      if (isAwaited()) send({ kind: "notFound", code: faultOf(error) });
    } finally {
      show({ listening: { ...shown().listening, busy: false } });
    }
  }

  function listen(): void {
    leave ??= door.feed(
      (client, options) => client.identify.listen(undefined, options),
      hear,
      () => {
        leave = undefined;
      },
    );
  }

  return { listen, stop, lookUp, reads: () => reads };
}
