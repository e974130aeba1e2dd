import type { Opinion } from "../../core/journal/entry.ts";
import { Icon } from "../parts/icons.tsx";
import { useText, type Text } from "../parts/language.tsx";
import { Picture } from "../parts/picture.tsx";
import { Press } from "../parts/press.tsx";
import { clockWords, dayWords } from "./judged.ts";
import { useEngine } from "./use-kiosk.ts";
import type { Spoken } from "./voice/voice.tsx";

const nextWords = {
  none: "kiosk.opinion.none",
  homeSeries: "kiosk.opinion.homeSeries",
  comeBack: "kiosk.opinion.comeBack",
  hospital: "kiosk.opinion.hospital",
  emergency: "kiosk.opinion.emergency",
} as const;

const longAfter = 140;
const manySentences = 3;

type Sentence = NonNullable<Opinion["sentences"]>[number];

/** What to do when it gets worse stands by itself. */
const isWorse = ({ key }: Sentence): boolean => key.startsWith("care.say.worse");

function toldWords(text: Text, { key, values: { days, date } }: Sentence): string {
  return text.of(key, {
    ...(days === undefined ? {} : { days }),
    ...(date === undefined ? {} : { date: dayWords(text, date) }),
  });
}

/** What the doctor said, as it is said aloud; what was written freely can only be read. */
export function opinionSaid({ sentences, next }: Opinion): readonly Spoken[] {
  const said = (sentences ?? []).map(({ key, values: { days, date } }): Spoken => {
    return { key, values: { ...(days === undefined ? {} : { days }), ...(date === undefined ? {} : { date }) } };
  });
  return [...said, { key: nextWords[next] }];
}

/** What the doctor says to the resident: sentences in their own language, or the doctor's own words from before there were any. */
export function OpinionNote({ opinion }: { readonly opinion: Opinion }) {
  const text = useText();
  const { sentences } = opinion;
  const worse = (sentences ?? []).filter(isWorse);
  const told = sentences?.filter((one) => !isWorse(one)).map((one) => toldWords(text, one));
  const words = told?.join("\n") ?? opinion.text;
  return (
    <section className="opinion opinion-whole" aria-label={text("kiosk.results.opinion")} data-testid="opinion">
      <p className="opinion-from">
        <Picture name="doctor" />
        {text("kiosk.opinion.from", { name: opinion.clinician.name, time: clockWords(text, opinion.writtenAt) })}
      </p>
      <Together opinion={opinion} />
      {/* A long one gets smaller and may scroll by itself; it is never cut where it is shown whole. */}
      <p
        className="opinion-text"
        data-testid="opinion-text"
        data-long={words.length > longAfter || (told?.length ?? 0) > manySentences ? "" : undefined}
        tabIndex={0}
      >
        {words}
      </p>
      {worse.length > 0 && (
        <div className="opinion-worse" data-testid="opinion-worse">
          <p className="opinion-next">{text("kiosk.answer.worse")}</p>
          <p>{worse.map((one) => toldWords(text, one)).join("\n")}</p>
        </div>
      )}
      <p className="opinion-next" data-testid="opinion-next">
        {text(nextWords[opinion.next])}
      </p>
    </section>
  );
}

/** Of a joint opinion: who signed the very same text, and who sees it differently. */
function Together({ opinion: { joint } }: { readonly opinion: Opinion }) {
  const text = useText();
  if (joint === undefined) return null;
  if (joint.as === "dissent") return <p className="lead">{text("kiosk.joint.dissent")}</p>;
  const signed = joint.signatures.map(({ by }) => by.id);
  const names = (did: boolean) =>
    joint.text.participants.filter(({ id }) => signed.includes(id) === did).map(({ name }) => name);
  const comma = text.language === "en" ? ", " : "、";
  return (
    <div className="lead" data-testid="opinion-joint">
      <p>
        {text("kiosk.joint.signed")} <span translate="no">{names(true).join(comma)}</span>
      </p>
      {names(false).length > 0 && (
        <p>
          {text("kiosk.joint.others")} <span translate="no">{names(false).join(comma)}</span>
        </p>
      )}
    </div>
  );
}

/** The opinions of a visit among other things: the first line of the newest, and a way to read all of them. */
export function OpinionCard({ opinions }: { readonly opinions: readonly Opinion[] }) {
  const text = useText();
  const engine = useEngine();
  const opinion = opinions.at(-1);
  if (opinion === undefined) return null;
  const first = opinion.sentences?.[0];
  const one = opinion.joint?.as === "conclusion" ? "kiosk.joint.title" : "kiosk.results.opinion";
  return (
    <Press kind="card" className="opinion-card" onPress={() => engine.cover("opinion")} testId="opinion-open">
      <span className="opinion-card-name">
        {opinions.length > 1 ? text("kiosk.opinion.several", { n: opinions.length }) : text(one)}
      </span>
      <span className="opinion-line" data-testid="opinion-text">
        {first === undefined ? opinion.text : toldWords(text, first)}
      </span>
      <Icon name="next" />
    </Press>
  );
}
