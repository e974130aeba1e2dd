import type { MessageKey } from "../../../core/i18n/message.ts";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { lessonsFor } from "../learn.ts";
import { Screen } from "../screen.tsx";
import { useShown } from "../use-kiosk.ts";

/** A few sentences beside a picture. */
function Sentences(props: {
  readonly of: string;
  readonly title: MessageKey;
  readonly picture: PictureName;
  readonly keys: readonly MessageKey[];
}) {
  const text = useText();
  return (
    <Screen
      name="mine"
      of={props.of}
      step={props.of}
      title={text.of(props.title, {})}
      says={[{ key: props.title }, ...props.keys.map((key) => ({ key }))]}
    >
      <div className="show">
        <figure className="show-picture">
          <Picture name={props.picture} />
        </figure>
        <ul className="show-words" data-testid={`${props.of}-words`}>
          {props.keys.map((key) => (
            <li key={key} className="lead" data-key={key}>
              {text.of(key, {})}
            </li>
          ))}
        </ul>
      </div>
    </Screen>
  );
}

/** Two or three sentences that fit the person's own results. */
export function Learn() {
  const { visit, screen } = useShown();
  const answers = "visit" in screen ? screen.visit.answers : {};
  return <Sentences of="learn" title="kiosk.mine.learn" picture="learn" keys={lessonsFor(visit, answers)} />;
}
