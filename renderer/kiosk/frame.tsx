import type { ReactNode } from "react";
import { languages } from "../../core/i18n/language.ts";
import { Icon } from "../parts/icons.tsx";
import { useSetLanguage, useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { QuietCorner } from "./quiet-corner.tsx";
import { TextSizeKey } from "./text-size-key.tsx";
import { useTextSize } from "./text-size.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";
import { usePrompt } from "./voice/prompt.tsx";
import { useVoice } from "./voice/voice.tsx";

/**
 * Large text goes before the lower half and takes the whole height: in half of it a board of symptoms would be one picture a
 * page, and "none" said before the last was seen. Actions, page key and frame stand below all the same, and two keys reach the
 * rest.
 */
const useLower = (): boolean => {
  const { lower } = useShown();
  return !useTextSize().large && lower;
};

const languageNames = { "zh-CN": "kiosk.language.zh", en: "kiosk.language.en" } as const;

/** What stays around every screen: whose station it is, the language, what is simulated or away, back, help, leave. */
export function Frame({
  covered,
  onStaff,
  children,
}: {
  readonly covered: boolean;
  readonly onStaff: () => void;
  readonly children: ReactNode;
}) {
  const { station, visit, screen } = useShown();
  const lower = useLower();
  const text = useText();
  // In an open room the name goes while the station is away: nobody can leave then.
  const named = screen.at === "away" ? undefined : visit?.resident;
  return (
    <div className="frame" inert={covered}>
      <header>
        <div className="top">
          <QuietCorner onOpen={screen.at === "welcome" && station !== undefined && !covered ? onStaff : undefined}>
            <BrandMark />
            <div>
              <p className="brand-name">{text("kiosk.brand")}</p>
              <p className="brand-station" data-testid="station-name">
                {station?.station.name === text("kiosk.brand") ? station.station.place : station?.station.name}
              </p>
            </div>
          </QuietCorner>
          {named !== undefined && (
            <p className="who-chip" data-testid="resident">
              <Icon name="guest" />
              {named.shownName}
            </p>
          )}
          {!lower && <LanguageSwitch kept={covered} />}
        </div>
        <div className="strips">
          {station?.simulated === true && (
            <p className="strip strip-simulated" role="note" data-testid="simulated">
              {text("kiosk.simulated")}
            </p>
          )}
          {station?.hub === "away" && (
            <p className="strip strip-away" role="status" data-testid="hub-away">
              <Icon name="away" />
              {text("kiosk.hubAway")}
            </p>
          )}
        </div>
      </header>
      <div className="stage">{children}</div>
      <Keys covered={covered} />
    </div>
  );
}

export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 512 512" aria-hidden="true">
      <rect width="512" height="512" rx="130" fill="var(--accent)" />
      <path
        d="M256 410S92 316 92 204a84 84 0 0 1 164-27 84 84 0 0 1 164 27c0 112-164 206-164 206Z"
        fill="var(--on-accent)"
      />
      <path
        d="M132 250h70l28-58 44 108 28-50h78"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="26"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** `kept`: its room only, while the question over the screen has the keys. */
export function LanguageSwitch({ kept = false }: { readonly kept?: boolean }) {
  const text = useText();
  const setLanguage = useSetLanguage();
  return (
    <div
      className={kept ? "languages languages-kept" : "languages"}
      role="group"
      aria-label={text("kiosk.language.choose")}
    >
      {languages.map((language) => (
        <Press
          key={language}
          kind="quiet"
          onPress={() => setLanguage(language)}
          pressed={text.language === language}
          {...(kept ? {} : { testId: `language-${language}` })}
        >
          <span lang={language}>{text(languageNames[language])}</span>
        </Press>
      ))}
    </div>
  );
}

function Keys({ covered }: { readonly covered: boolean }) {
  const text = useText();
  const engine = useEngine();
  const { screen, line, farewell } = useShown();
  const lower = useLower();
  // Nothing to go back to or to ask for; the language stays where it was.
  if (line === "forbidden" || farewell)
    return lower ? (
      <nav className="keys" aria-label={text("kiosk.frame.keys")}>
        <LanguageSwitch />
      </nav>
    ) : null;
  const inVisit = "visit" in screen;
  return (
    <nav className="keys" aria-label={text("kiosk.frame.keys")}>
      {lower && <LanguageSwitch kept={covered} />}
      {screen.at !== "welcome" && screen.at !== "away" && (
        <Press kind="quiet" onPress={() => engine.send({ kind: "back" })} testId="back">
          <Icon name="back" />
          {text("kiosk.back")}
        </Press>
      )}
      <Press kind="quiet" onPress={() => engine.send({ kind: "help" })} testId="help" className="keys-help">
        <Icon name="help" />
        {text("kiosk.help")}
      </Press>
      {inVisit && (
        <Press kind="quiet" onPress={() => engine.cover("leave")} testId="leave">
          <Icon name="leave" />
          {text("kiosk.leave")}
        </Press>
      )}
      <SmallKeys />
    </nav>
  );
}

/** Once more, louder, larger, and the corner that brings everything down to where a seated hand can reach it. */
function SmallKeys() {
  const text = useText();
  const engine = useEngine();
  const voice = useVoice();
  const prompt = usePrompt();
  const { lower } = useShown();
  return (
    <>
      <Press
        kind="quiet"
        className="keys-small"
        label={text("kiosk.keys.repeat")}
        onPress={() => voice.say(prompt())}
        testId="repeat"
      >
        <Icon name="voice" />
      </Press>
      <Press
        kind="quiet"
        className="keys-small"
        label={text("kiosk.keys.louder")}
        onPress={() => {
          voice.louder();
          voice.repeat();
        }}
        testId="louder"
      >
        <Icon name="louder" />
      </Press>
      <TextSizeKey className="keys-small" />
      <Press
        kind="quiet"
        className="keys-small keys-lower"
        label={text(lower ? "kiosk.keys.upper" : "kiosk.keys.lower")}
        onPress={() => engine.toLower(!lower)}
        pressed={lower}
        testId="lower"
      >
        <Icon name={lower ? "upper" : "lower"} />
      </Press>
    </>
  );
}
