/** The words a web app speaks with and their switch at run time. Called by both apps; pages get them through their context. */
import { useCallback, useMemo, useState } from 'react';
import type { Language } from '../../shared/i18n/language.ts';
import { type Catalogue, createTranslate, type Translate } from './i18n.ts';
import { storeLanguage } from './language.ts';
import { asMarked } from './pseudo.ts';

export interface AppTexts<C extends Catalogue> {
  language: Language;
  catalogue: C;
  t: Translate<C>;
  setLanguage: (language: Language) => void;
}

/** What the first render speaks; loaded before it, so that no page shows keys. */
export interface FirstTexts<C extends Catalogue> {
  language: Language;
  catalogue: C;
}

/** Changes the language; `keep` remembers it on this device (the reader's own choice, not the account's). */
export type Speak = (language: Language, keep: boolean) => Promise<void>;

export function useAppTexts<C extends Catalogue>(
  first: FirstTexts<C>,
  load: (language: Language) => Promise<C>,
): { words: AppTexts<C>; speak: Speak } {
  const [spoken, setSpoken] = useState({ language: first.language, catalogue: first.catalogue });
  const speak = useCallback<Speak>(
    async (language, keep) => {
      const catalogue = asMarked(await load(language));
      if (keep) storeLanguage(language);
      // What the page asks from now on is answered in this language: before it is drawn, because asking comes with drawing.
      document.documentElement.lang = language;
      setSpoken({ language, catalogue });
    },
    [load],
  );
  const words = useMemo<AppTexts<C>>(
    () => ({
      language: spoken.language,
      catalogue: spoken.catalogue,
      t: createTranslate(spoken.catalogue),
      setLanguage: (language) => void speak(language, true),
    }),
    [spoken, speak],
  );
  return { words, speak };
}
