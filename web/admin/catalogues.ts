/** The panel's words by language: German comes with the panel, others when needed. Called at start and on a switch. */
import { adminDe } from '../../shared/i18n/compiled/admin.de.ts';
import type { Language } from '../../shared/i18n/language.ts';

export type AdminCatalogue = typeof adminDe;

export async function loadCatalogue(language: Language): Promise<AdminCatalogue> {
  switch (language) {
    case 'de':
      return adminDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/admin.en.ts')).adminEn;
  }
}
