import { useState, type ReactNode } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useShown } from "../use-kiosk.ts";
import type { Spoken } from "../voice/voice.tsx";
import type { ServicePage } from "../../../core/contract/visit-services.ts";
import type { Services } from "./use-services.ts";
import "./own.css";

/** One of one's own pages: a picture beside its words. `step` names what it shows. */
export function OwnPage(props: {
  readonly of: string;
  readonly step?: string | number;
  readonly title: ReactNode;
  readonly says: readonly Spoken[];
  readonly picture: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Screen
      name="mine"
      of={props.of}
      step={`${props.of} ${props.step ?? ""}`}
      title={props.title}
      says={props.says}
      note={props.note}
      actions={props.actions}
    >
      <div className="show">
        <figure className="show-picture">{props.picture}</figure>
        <div className="show-words own-words" data-testid={`own-${props.of}`}>
          {props.children}
        </div>
      </div>
    </Screen>
  );
}

/** One sentence and a picture: what is to be waited for, what there is not, what was done. */
export function OwnState(props: {
  readonly of: string;
  readonly title: MessageKey;
  readonly picture: PictureName;
  readonly says: MessageKey;
  readonly fault?: FaultCode | undefined;
  readonly actions?: ReactNode;
}) {
  const text = useText();
  const { of, title, picture, says, fault, actions } = props;
  return (
    <Screen
      name="mine"
      of={of}
      step={fault ?? says}
      title={text.of(title, {})}
      says={fault === undefined ? [{ key: title }, { key: says }] : [{ key: `fault.${fault}` }]}
      actions={actions}
    >
      <div className="state">
        <Picture name={picture} className="state-picture" />
        <p className="lead" role={fault === undefined ? undefined : "alert"} data-testid={`own-${of}`}>
          {fault === undefined ? text.of(says, {}) : text.fault(fault)}
        </p>
      </div>
    </Screen>
  );
}

/** Goes through several things, one a screen: the present one, and the key to the next; after the last comes the first. */
export function useOneByOne<T>(all: readonly T[]): {
  readonly at: number;
  readonly one: T | undefined;
  readonly key: ReactNode;
} {
  const text = useText();
  const [turn, setTurn] = useState(0);
  const at = all.length === 0 ? 0 : turn % all.length;
  return {
    at,
    one: all[at],
    key: all.length > 1 && (
      <Press kind="main" onPress={() => setTurn(turn + 1)} testId="own-next">
        {text("kiosk.services.next")}
        <Icon name="next" />
      </Press>
    ),
  };
}

/** Prints what the page shows; nothing where there is no printer. */
export function PrintKey({ services, page }: { readonly services: Services; readonly page: ServicePage }) {
  const text = useText();
  const { station } = useShown();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  if ((station?.printer ?? "none") === "none") return null;
  const print = async () => {
    setBusy(true);
    setFault(await services.print(page));
    setBusy(false);
  };
  return (
    <Press
      kind="second"
      disabled={busy || station?.printer === "paperOut"}
      onPress={() => void print()}
      testId="own-print"
    >
      {fault === undefined
        ? text(
            station?.printer === "paperOut"
              ? "kiosk.take.noPaper"
              : busy
                ? "kiosk.take.printing"
                : "kiosk.services.print",
          )
        : text.fault(fault)}
    </Press>
  );
}

/** Made up for development: said wherever it is shown. */
export function Specimen({ is }: { readonly is: boolean }) {
  const text = useText();
  return is ? <p className="tag-specimen">{text("kiosk.services.specimen")}</p> : null;
}
