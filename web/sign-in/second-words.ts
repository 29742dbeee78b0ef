/** The words of the second step by language: German comes with it, others when needed. */
import { secondDe } from '../../shared/i18n/compiled/second.de.ts';
import type { Language } from '../../shared/i18n/language.ts';

export type SecondCatalogue = typeof secondDe;

/** Called when the step is asked for and on a switch of language. */
export async function loadSecondWords(language: Language): Promise<SecondCatalogue> {
  switch (language) {
    case 'de':
      return secondDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/second.en.ts')).secondEn;
  }
}
