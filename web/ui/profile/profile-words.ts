/** The words of the own profile by language: each when it is needed. */
import type { profileDe } from '../../../shared/i18n/compiled/profile.de.ts';
import type { Language } from '../../../shared/i18n/language.ts';

export type ProfileCatalogue = typeof profileDe;

/** Called when the page opens and on a switch of language. */
export async function loadProfileWords(language: Language): Promise<ProfileCatalogue> {
  switch (language) {
    case 'de':
      return (await import('../../../shared/i18n/compiled/profile.de.ts')).profileDe;
    case 'en':
      return (await import('../../../shared/i18n/compiled/profile.en.ts')).profileEn;
  }
}
