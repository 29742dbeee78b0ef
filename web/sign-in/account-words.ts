/** The words of the pages behind links of mails by language: German comes with them, others when needed. */
import { accountDe } from '../../shared/i18n/compiled/account.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { AppTexts } from '../ui/use-app-texts.ts';

export type AccountCatalogue = typeof accountDe;
export type AccountWords = AppTexts<AccountCatalogue>;

export async function loadAccountWords(language: Language): Promise<AccountCatalogue> {
  switch (language) {
    case 'de':
      return accountDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/account.en.ts')).accountEn;
  }
}
