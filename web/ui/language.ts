/** Which language a web app speaks: the reader's own choice, else the account's, else the browser's, else German. */
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import { LANGUAGE_COOKIE } from '../../shared/page-data.ts';
import { keepPreference } from './keep-preference.ts';
import { keepForPages } from './keep-for-pages.ts';

const STORAGE_KEY = 'askpro.language';

const known = (text: string | null | undefined): Language | undefined =>
  LANGUAGES.find((language) => text?.toLowerCase().slice(0, 2) === language);

/** Picks the first supported language. Pure. */
export function chooseLanguage(
  chosen: string | null,
  account: string | null | undefined,
  browser: readonly string[],
): Language {
  const spoken = browser.map(known).find((language) => language !== undefined);
  return known(chosen) ?? known(account) ?? spoken ?? DEFAULT_LANGUAGE;
}

/** The present language; `account` is the user's setting once signed in. */
export const currentLanguage = (account?: string | null): Language =>
  chooseLanguage(readStored(), account, navigator.languages);

/** Keeps the reader's choice on this device, for pages too before their script runs. */
export function storeLanguage(language: Language): void {
  keepForPages(LANGUAGE_COOKIE, language);
  keepPreference({ language });
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage can be switched off; the choice then lasts for this page only.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
