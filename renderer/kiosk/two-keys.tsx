import { useHeard } from "../parts/heard.ts";
import { useText } from "../parts/language.tsx";
import { stationKey, type StationKey } from "./keys.ts";
import { spokenOf } from "./voice/spoken.ts";
import { useEngine } from "./use-kiosk.ts";
import { usePrompt } from "./voice/prompt.tsx";
import { useVoice } from "./voice/voice.tsx";

const main = ".screen-actions :is(.press-main, .press-stop), .sheet-actions :is(.press-main, .press-stop)";
const inside = ".screen-body .press, .screen-head .press, .sheet .press, .dock .press, .page-key .press";
const others = ".screen-actions .press, .sheet-actions .press";
const frame = ".keys .press";
const languages = ".languages .press";

/**
 * Everything that can be pressed now, in the order two keys go through it: the main action, what the screen holds (the
 * pictures of a board, the keys of a pad), its other actions, and the frame's own keys, the language last. Under a question
 * nothing of the frame but the language.
 */
export function pressable(page: ParentNode): readonly HTMLElement[] {
  const scope = page.querySelector(".cover") ?? page;
  const found = [main, inside, others, frame, languages].flatMap((place) => [
    ...scope.querySelectorAll<HTMLElement>(place),
  ]);
  return [...new Set(found)].filter(
    (press) => !press.hasAttribute("data-disabled") && press.closest("[inert]") === null,
  );
}

/** "Again" and "yes" do everything: for hands that cannot touch a screen, and eyes that cannot read one. */
export function TwoKeys() {
  const engine = useEngine();
  const text = useText();
  const voice = useVoice();
  const prompt = usePrompt();
  const chosen = () => pressable(document).find((press) => press === document.activeElement);
  const again = () => {
    const all = pressable(document);
    const now = chosen();
    const next = now === undefined ? all[0] : all[all.indexOf(now) + 1];
    if (next === undefined) {
      // All were offered: from the start, with the screen's own words.
      const heading =
        document.querySelector<HTMLElement>(".cover h2") ?? document.querySelector<HTMLElement>(".screen h1");
      heading?.focus({ preventScroll: true });
      return voice.say(prompt());
    }
    next.focus({ preventScroll: true });
    return voice.say(spokenOf(next, text));
  };
  const act: Readonly<Record<StationKey, () => void>> = {
    again,
    yes: () => {
      const press = chosen() ?? pressable(document).find((one) => one.matches(main));
      if (press === undefined) again();
      else press.click();
    },
    stop: () => engine.send({ kind: "stop" }),
    louder: () => {
      voice.louder();
      voice.repeat();
    },
    help: () => engine.send({ kind: "help" }),
  };
  useHeard("keydown", (event) => {
    const key = stationKey(event.code);
    if (key === undefined) return;
    event.preventDefault();
    if (!event.repeat) act[key]();
  });
  return null;
}
