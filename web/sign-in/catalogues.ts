/** The sign-in's words by language: German comes with it, others when needed. Called at start and on a switch. */
import { loginDe } from '../../shared/i18n/compiled/login.de.ts';
import type { Language } from '../../shared/i18n/language.ts';

export type LoginCatalogue = typeof loginDe;

export async function loadCatalogue(language: Language): Promise<LoginCatalogue> {
  switch (language) {
    case 'de':
      return loginDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/login.en.ts')).loginEn;
  }
}
