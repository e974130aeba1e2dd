import { useState } from "react";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { OpinionNote, opinionSaid } from "./opinion.tsx";
import { Sheet } from "./sheet.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";

/** Every opinion of this visit, whole, one after the other, the newest first. */
export function Opinions() {
  const text = useText();
  const engine = useEngine();
  const [at, setAt] = useState(0);
  const opinions = (useShown().visit?.opinions ?? []).toReversed();
  const opinion = opinions[at];
  if (opinion === undefined) return null;
  const isLast = at === opinions.length - 1;
  const title = opinion.joint?.as === "conclusion" ? "kiosk.joint.title" : "kiosk.opinion.title";
  return (
    <Sheet
      key={opinion.id}
      name="opinion"
      long
      says={[{ key: title }, ...opinionSaid(opinion)]}
      title={text(title)}
      actions={
        <Press
          kind="main"
          onPress={() => (isLast ? engine.cover(undefined) : setAt(at + 1))}
          testId={isLast ? "opinion-close" : "opinion-more"}
        >
          <Icon name={isLast ? "yes" : "next"} />
          {text(isLast ? "kiosk.opinion.read" : "kiosk.opinion.more")}
        </Press>
      }
    >
      {opinions.length > 1 && (
        <p className="lead" data-testid="opinion-of">
          {text("kiosk.opinion.of", { n: at + 1, all: opinions.length })}
        </p>
      )}
      <OpinionNote opinion={opinion} />
    </Sheet>
  );
}
