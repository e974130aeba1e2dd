import { useText } from "../../parts/language.tsx";
import type { Told } from "./Field.tsx";
import { treeOf } from "./org-tree.ts";
import type { Org } from "./shape.ts";

/** One institution, chosen from the ladder, or none. */
export function OrgSelect(props: {
  readonly told: Told;
  readonly testId: string;
  readonly orgs: readonly Org[];
  readonly none: string;
  readonly required?: boolean;
  readonly value: string | undefined;
  readonly change: (id: string | undefined) => void;
}) {
  const text = useText();
  return (
    <select
      {...props.told}
      required={props.required}
      data-testid={props.testId}
      value={props.value ?? ""}
      onChange={({ currentTarget: { value } }) => props.change(value === "" ? undefined : value)}
    >
      <option value="">{props.none}</option>
      {treeOf(props.orgs).map(({ org: { id, name, tier } }) => (
        <option key={id} value={id}>
          {name} · {text(`desk.tier.${tier}`)}
        </option>
      ))}
    </select>
  );
}
