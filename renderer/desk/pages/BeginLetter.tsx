import type { Practice } from "../../../core/domain/practice.ts";
import { useText } from "../../parts/language.tsx";
import type { PageProps } from "../pages.ts";
import { useAsked } from "../use-asked.ts";
import { useShown, useShownIf } from "../use-shown.ts";
import { ReferralWriter } from "./ReferralWriter.tsx";

/** Gathers what a letter begins with: where the resident can be told of it, and what the signed opinion of the call says. */
export function BeginLetter(
  props: PageProps & {
    readonly resident: string;
    readonly practice: Practice;
    readonly name: string;
    readonly done: (words: string) => void;
    readonly cancel: () => void;
  },
) {
  const text = useText();
  const { desk, door, me, about, resident } = props;
  const { current } = useShown(desk.shown);
  const call = useShownIf(current?.shown);
  const isHere = call?.record?.resident?.id === resident;
  const past = useAsked(door, resident, (client, id) => client.resident.history({ resident: id }));
  // Where nothing of it can be had, the letter is written without.
  if (!isHere && past.value === undefined && past.fault === undefined)
    return <p className="page-wait">{text("desk.resident.loading")}</p>;
  const signed = (isHere ? call.opinions : past.value?.opinions)?.at(-1);
  const { assessment = "", plan = "" } = signed?.soap ?? {};
  return (
    <ReferralWriter
      door={door}
      me={me}
      drafts={props.drafts}
      practice={props.practice}
      about={{
        resident,
        name: (isHere ? call.record.resident?.name : undefined) ?? props.name,
        station: isHere ? call.view?.station?.id : past.value?.visits[0]?.station,
        visit: isHere ? call.record.visit : undefined,
        danger: about.danger,
        priority: signed?.next === "emergency" ? "stat" : signed?.next === "hospital" ? "urgent" : "routine",
        summary: [assessment, plan].filter((part) => part !== "").join("\n"),
      }}
      done={props.done}
      cancel={props.cancel}
    />
  );
}
