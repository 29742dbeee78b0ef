/** The words of public sign-up by language: German comes with it, others when needed. */
import { signupDe } from '../../shared/i18n/compiled/signup.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { AppTexts } from '../ui/use-app-texts.ts';

export type SignupCatalogue = typeof signupDe;
export type SignupWords = AppTexts<SignupCatalogue>;

export async function loadSignupWords(language: Language): Promise<SignupCatalogue> {
  switch (language) {
    case 'de':
      return signupDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/signup.en.ts')).signupEn;
  }
}
