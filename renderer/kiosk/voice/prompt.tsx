import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useText } from "../../parts/language.tsx";
import { useVoice, type Spoken } from "./voice.tsx";

interface Prompt {
  says: readonly Spoken[];
  /** Of a question over the screen. */
  readonly over: boolean;
}

/** What the screens that are up have to say; a question over them before whatever comes under it. */
interface Prompts {
  push(prompt: Prompt): () => void;
  readonly top: () => Prompt | undefined;
}

function createPrompts(): Prompts {
  const up: Prompt[] = [];
  return {
    push(prompt) {
      up.push(prompt);
      return () => void up.splice(up.indexOf(prompt), 1);
    },
    top: () => up.findLast(({ over }) => over) ?? up.at(-1),
  };
}

const Context = createContext<Prompts>(createPrompts());

export function PromptProvider({ children }: { readonly children: ReactNode }) {
  const [prompts] = useState(createPrompts);
  return <Context value={prompts}>{children}</Context>;
}

/** The prompt of the screen that is up, or of the question over it. */
export function usePrompt(): () => readonly Spoken[] {
  const { top } = useContext(Context);
  return () => top()?.says ?? [];
}

/** Kept for who asks to hear it; not said by itself, for people talk here. */
export function useOnRequest(says: readonly Spoken[], step: string): void {
  const prompts = useContext(Context);
  const latest = useRef(says);
  useEffect(() => {
    latest.current = says;
  });
  useEffect(() => prompts.push({ says: latest.current, over: false }), [prompts, step]);
}

/**
 * Says it when it comes, when its step changes, and when the person changes the language; of several that are up, the
 * uppermost. Before the paint: a key pressed as soon as the screen is seen has the last word. `over`: of a question over the
 * screen.
 */
export function useSays(says: readonly Spoken[], step: string | number | undefined, over = false): void {
  const prompts = useContext(Context);
  const voice = useVoice();
  const { language } = useText();
  const latest = useRef(says);
  useLayoutEffect(() => {
    latest.current = says;
  });
  const own = useRef<Prompt>({ says, over });
  useLayoutEffect(() => {
    const prompt = own.current;
    prompt.says = latest.current;
    if (prompt.says.length > 0) voice.say(prompt.says);
    return prompts.push(prompt);
  }, [prompts, voice, step]);
  const spokenIn = useRef(language);
  useLayoutEffect(() => {
    if (spokenIn.current === language) return;
    spokenIn.current = language;
    own.current.says = latest.current;
    if (prompts.top() === own.current && own.current.says.length > 0) voice.say(own.current.says);
  }, [prompts, voice, language]);
}
