/** What is wrong with a file or a row, in words. Called by queries and routes of imports. */
import { importsDe } from '../../shared/i18n/imports.de.ts';
import { importsEn } from '../../shared/i18n/imports.en.ts';
import type { Language } from '../../shared/i18n/language.ts';

/** By code. */
export const faultWords = (language: Language): typeof importsEn => (language === 'en' ? importsEn : importsDe);
