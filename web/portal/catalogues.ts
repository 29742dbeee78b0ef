/** The portal's words by language, each when it is spoken; the page has the one of its reader fetched beside the app. Called at start and on a switch. */
import type { portalDe } from '../../shared/i18n/compiled/portal.de.ts';
import type { Language } from '../../shared/i18n/language.ts';

export type PortalCatalogue = typeof portalDe;

export async function loadCatalogue(language: Language): Promise<PortalCatalogue> {
  switch (language) {
    case 'de':
      return (await import('../../shared/i18n/compiled/portal.de.ts')).portalDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/portal.en.ts')).portalEn;
  }
}
