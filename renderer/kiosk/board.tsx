import type { CSSProperties, ReactNode } from "react";
import { Picture, type PictureName } from "../parts/picture.tsx";
import { Press } from "../parts/press.tsx";

/** A few big answers, each with its picture: two or three. */
export function Choices({ children }: { readonly children: ReactNode }) {
  return <div className="answers">{children}</div>;
}

export function Choice(props: {
  readonly picture: PictureName;
  readonly onPress: () => void;
  readonly children: ReactNode;
  readonly what?: string;
  readonly testId: string;
}) {
  return (
    <Press kind="card" className="answer" onPress={props.onPress} testId={props.testId}>
      <Picture name={props.picture} />
      <span className="answer-name">{props.children}</span>
      {props.what !== undefined && <span className="answer-what">{props.what}</span>}
    </Press>
  );
}

/** As many as stand in one row of the lower half of a wide screen. */
const oneRow = 7;

/** Pictures side by side on a wide screen: one row of up to four, else two. */
const acrossWide = (count: number): number => (count <= 4 ? 4 : Math.ceil(count / 2));
const acrossLow = (count: number): number => (count <= 4 ? 4 : count <= oneRow ? oneRow : Math.ceil(count / 2));

/** A set of pictures to choose from: counts as one thing to do, however many there are. */
export function Board(props: {
  readonly label: string;
  /** How many pictures: the rows and columns follow from it. */
  readonly count: number;
  readonly children: ReactNode;
}) {
  const { count } = props;
  const across: CSSProperties = { "--wide": acrossWide(count), "--low": acrossLow(count) } as CSSProperties;
  return (
    <div
      className="board"
      role="group"
      aria-label={props.label}
      data-count={count}
      data-many={count > oneRow ? "" : undefined}
      style={across}
    >
      {props.children}
    </div>
  );
}

/** One picture on a board. `chosen`: several may be chosen, and this one is or is not. */
export function Tile(props: {
  readonly picture: PictureName;
  readonly onPress: () => void;
  readonly children: ReactNode;
  readonly chosen?: boolean;
  readonly testId: string;
}) {
  return (
    <Press
      kind="card"
      className="tile"
      onPress={props.onPress}
      testId={props.testId}
      {...(props.chosen === undefined ? {} : { pressed: props.chosen })}
    >
      <Picture name={props.picture} />
      <span className="tile-name">{props.children}</span>
    </Press>
  );
}
