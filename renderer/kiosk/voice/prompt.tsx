import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useText } from "../../parts/language.tsx";
import { useVoice, type Spoken } from "./voice.tsx";

/** What the screens that are up have to say, the uppermost last. */
interface Prompts {
  push(prompt: readonly Spoken[]): () => void;
  readonly top: () => readonly Spoken[];
}

function createPrompts(): Prompts {
  const up: { readonly prompt: readonly Spoken[] }[] = [];
  return {
    push(prompt) {
      const own = { prompt };
      up.push(own);
      return () => void up.splice(up.indexOf(own), 1);
    },
    top: () => up.at(-1)?.prompt ?? [],
  };
}

const Context = createContext<Prompts>(createPrompts());

export function PromptProvider({ children }: { readonly children: ReactNode }) {
  const [prompts] = useState(createPrompts);
  return <Context value={prompts}>{children}</Context>;
}

/** The prompt of the screen that is up, or of the question over it. */
export const usePrompt = (): (() => readonly Spoken[]) => useContext(Context).top;

/** Kept for who asks to hear it; not said by itself, for people talk here. */
export function useOnRequest(says: readonly Spoken[], step: string): void {
  const prompts = useContext(Context);
  const latest = useRef(says);
  useEffect(() => {
    latest.current = says;
  });
  useEffect(() => prompts.push(latest.current), [prompts, step]);
}

/**
 * Says it when it comes, when its step changes, and when the person changes the language. Before the paint: a key pressed
 * as soon as the screen is seen has the last word.
 */
export function useSays(says: readonly Spoken[], step: string | number | undefined): void {
  const prompts = useContext(Context);
  const voice = useVoice();
  const { language } = useText();
  const latest = useRef(says);
  useLayoutEffect(() => {
    latest.current = says;
  });
  useLayoutEffect(() => {
    const prompt = latest.current;
    if (prompt.length > 0) voice.say(prompt);
    return prompts.push(prompt);
  }, [prompts, voice, step, language]);
}
