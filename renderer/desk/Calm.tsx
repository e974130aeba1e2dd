import type { ReactNode } from "react";
import { Icon, type IconName } from "../parts/icons.tsx";

/** Where nothing stands yet: what will, and what one may do now. */
export function Calm(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="calm-page" data-testid="calm">
      <Icon name={props.icon} />
      <h3>{props.title}</h3>
      <p className="hint">{props.words}</p>
      {props.children}
    </div>
  );
}
