/** The portal's words by language: German comes with the portal, others when needed. Called at start and on a switch. */
import { portalDe } from '../../shared/i18n/compiled/portal.de.ts';
import type { Language } from '../../shared/i18n/language.ts';

export type PortalCatalogue = typeof portalDe;

export async function loadCatalogue(language: Language): Promise<PortalCatalogue> {
  switch (language) {
    case 'de':
      return portalDe;
    case 'en':
      return (await import('../../shared/i18n/compiled/portal.en.ts')).portalEn;
  }
}
