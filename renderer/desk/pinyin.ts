import { useEffect, useState } from "react";

/** Whether what was typed is in a word as it is written, or as it sounds: whole syllables or first letters. */
export type Sounds = (word: string, typed: string) => boolean;

const asWritten: Sounds = (word, typed) => word.toLowerCase().includes(typed.trim().toLowerCase());
const letters = /^[a-zü\s']+$/iu;

/** The dictionary is fetched by the first page that searches; until it is there, and without it, words are found as written. */
export function usePinyin(): Sounds {
  const [sounds, setSounds] = useState<{ readonly like: Sounds }>({ like: asWritten });
  useEffect(() => {
    let left = false;
    import("pinyin-pro").then(
      ({ match }) => left || setSounds({ like: soundsBy(match) }),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, []);
  return sounds.like;
}

/** `match`: of pinyin-pro; null where the letters are not how it sounds. */
export function soundsBy(
  match: (
    word: string,
    letters: string,
    options: { readonly precision: "start"; readonly continuous: true },
  ) => unknown,
): Sounds {
  return (word, typed) => {
    if (asWritten(word, typed)) return true;
    const said = typed.replaceAll(/[\s']/gu, "").toLowerCase();
    return said !== "" && letters.test(said) && match(word, said, { precision: "start", continuous: true }) !== null;
  };
}
