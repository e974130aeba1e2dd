import { useCallback, useEffect, useRef } from "react";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { stepsOf, type ShowId } from "../../../core/machine/steps.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Struck } from "../../parts/struck.tsx";
import { armAsked, armWords, type ArmAsked } from "../arm.ts";
import { useSecondsLeft } from "../../parts/wait.tsx";
import { QuietMeter } from "../quiet-meter.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { prepareTitles, StepNote, type StepPlace } from "./step-note.tsx";

/** One step, one body part, one moving picture; the wrong way beside it, struck through. */
interface Show {
  readonly picture: PictureName;
  readonly says: MessageKey;
  readonly words: readonly MessageKey[];
  readonly wrong?: { readonly picture: PictureName; readonly says: MessageKey };
}

const shows: Readonly<Record<ShowId, Show>> = {
  sit: {
    picture: "sit",
    says: "kiosk.picture.sit",
    words: ["prep.posture", "prep.heart"],
    wrong: { picture: "sitWrong", says: "kiosk.picture.sitWrong" },
  },
  cuffOn: {
    picture: "cuff",
    says: "kiosk.picture.cuff",
    words: ["prep.cuff", "prep.heart"],
    wrong: { picture: "cuffWrong", says: "kiosk.picture.cuffWrong" },
  },
  quiet: {
    picture: "quiet",
    says: "kiosk.picture.sit",
    words: ["prep.quiet", "prep.twice"],
    wrong: { picture: "quietWrong", says: "kiosk.picture.quietWrong" },
  },
  hands: { picture: "hands", says: "kiosk.picture.hands", words: ["prep.fingers", "prep.alcohol"] },
  alcohol: { picture: "alcohol", says: "kiosk.picture.alcohol", words: ["prep.alcohol"] },
  finger: {
    picture: "finger",
    says: "kiosk.picture.finger",
    words: ["prep.drop"],
    wrong: { picture: "fingerWrong", says: "kiosk.picture.fingerWrong" },
  },
  stripGlucose: {
    picture: "strip",
    says: "kiosk.picture.strip",
    words: ["kiosk.prepare.device.glucose", "prep.press"],
  },
  stripLipids: { picture: "strip", says: "kiosk.picture.strip", words: ["kiosk.prepare.device.lipids", "prep.press"] },
  fingerIn: {
    picture: "fingerIn",
    says: "kiosk.picture.fingerIn",
    words: ["prep.spo2"],
    wrong: { picture: "fingerInWrong", says: "kiosk.picture.fingerInWrong" },
  },
  forehead: {
    picture: "forehead",
    says: "kiosk.picture.forehead",
    words: ["prep.temp", "kiosk.prepare.device.temperature"],
    wrong: { picture: "foreheadWrong", says: "kiosk.picture.foreheadWrong" },
  },
  shoesOff: {
    picture: "shoesOff",
    says: "kiosk.picture.shoesOff",
    words: ["prep.weigh"],
    wrong: { picture: "shoesOffWrong", says: "kiosk.picture.shoesOffWrong" },
  },
};

/** The cuff goes on one arm, or from one to the other: this is said first, and shown on the side of the screen it is on. */
function shownFor(id: ShowId, asked: ArmAsked | undefined): Show & { readonly mirrored?: boolean } {
  if (asked === undefined || (id !== "cuffOn" && !(id === "quiet" && asked.changes))) return shows[id];
  const { picture, says, wrong } = shows.cuffOn;
  const words = id === "cuffOn" ? shows.cuffOn.words : asked.compares ? (["prep.arm"] as const) : shows.quiet.words;
  return {
    picture,
    says,
    words: [armWords[asked.arm], ...words],
    ...(wrong === undefined || id === "quiet" ? {} : { wrong }),
    // The arm of the picture reaches to the right: to whoever sits before it, that is the right one.
    mirrored: asked.arm === "left",
  };
}

/** Pressure is heard to the whole body: only before it does silence matter. */
const needsQuiet = (check: OfferedKind, id: ShowId): boolean => check === "bloodPressure" && id === "quiet";

export function ShowStep({ id, check, step }: StepPlace & { readonly id: ShowId }) {
  const text = useText();
  const engine = useEngine();
  const { wasStopped, visit, screen } = useShown();
  const quiet = useRef<boolean>(undefined);
  const last = step === stepsOf[check].length - 1;
  // Offered by itself, before anybody chose anything: the way to everything else is beside it.
  const offered = stepsOf[check].length === 1 && "visit" in screen && screen.visit.done.length === 0;
  const asked = check === "bloodPressure" ? armAsked(visit) : undefined;
  const { picture, says, words, wrong, mirrored } = shownFor(id, asked);
  const start = useCallback(() => {
    if (quiet.current !== undefined) engine.send({ kind: "answers", answers: { quiet: quiet.current } });
    engine.send({ kind: "go" });
  }, [engine]);
  // The cuff is put on the other arm while the minute between two readings runs; it starts with the minute's end.
  const notBefore = visit?.results.find(({ of }) => of === check && check === "bloodPressure")?.notBefore;
  const resting = useSecondsLeft(last && notBefore !== undefined ? Date.parse(notBefore) : undefined);
  const ready = screen.at === "prepare" && screen.ready === true;
  useEffect(() => {
    if (ready && resting === 0) start();
  }, [ready, resting, start]);
  return (
    <Screen
      name="prepare"
      of={id}
      step={step}
      title={text(prepareTitles[check])}
      note={<StepNote check={check} step={step} />}
      says={[...(wasStopped ? [{ key: "kiosk.measure.stopped" } as const] : []), ...words.map((key) => ({ key }))]}
      actions={
        last ? (
          <>
            {offered && (
              <Press kind="second" onPress={() => engine.send({ kind: "home" })} testId="other-checks">
                {text("kiosk.prepare.other")}
              </Press>
            )}
            {stepsOf[check].length > 1 && (
              <Press kind="second" onPress={() => engine.send({ kind: "again" })} testId="prepare-again">
                {text("kiosk.prepare.again")}
              </Press>
            )}
            <Press
              kind="main"
              disabled={ready}
              onPress={() => (resting > 0 ? engine.send({ kind: "ready" }) : start())}
              testId="measure-start"
            >
              {text("kiosk.prepare.start")}
              <Icon name="next" />
            </Press>
          </>
        ) : (
          <Press kind="main" onPress={() => engine.send({ kind: "next" })} testId="prepare-next">
            {text("kiosk.prepare.next")}
            <Icon name="next" />
          </Press>
        )
      }
    >
      <div className="show">
        <figure className="show-picture" data-arm={mirrored === undefined ? undefined : asked?.arm}>
          <Picture
            key={picture}
            name={picture}
            says={text.of(says, {})}
            className={mirrored === true ? "picture-mirrored" : ""}
          />
        </figure>
        <div className="show-words">
          {wasStopped && last && (
            <p className="notice lead" role="status" data-testid="was-stopped">
              {text("kiosk.measure.stopped")}
            </p>
          )}
          {ready && <p className="lead">{text("kiosk.rest.starts")}</p>}
          {words.map((key) => (
            <p key={key} className="lead">
              {text.of(key, {})}
            </p>
          ))}
          {wrong !== undefined && (
            <figure className="show-wrong" data-testid="wrong-way">
              <Struck name={wrong.picture} />
              <figcaption>
                <strong>{text("kiosk.wrong")}</strong>
                <span>{text.of(wrong.says, {})}</span>
              </figcaption>
            </figure>
          )}
          {needsQuiet(check, id) && (
            <QuietMeter
              onQuiet={(is) => {
                quiet.current = is;
              }}
            />
          )}
        </div>
      </div>
    </Screen>
  );
}
