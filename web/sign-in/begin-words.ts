/** The words of the page behind the one-time link by language: German comes with it, others when needed. */
import { beginDe } from '../../shared/i18n/compiled/begin.de.ts';
import type { Language } from '../../shared/i18n/language.ts';

export type BeginCatalogue = typeof beginDe;

export async function loadBeginWords(language: Language): Promise<BeginCatalogue> {
  switch (language) {
    case 'de':
      return beginDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/begin.en.ts')).beginEn;
  }
}
