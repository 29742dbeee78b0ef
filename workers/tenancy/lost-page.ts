/** What a browser gets for a host or a path that is nothing here: who we are, a sentence, a way on; status 404. Called by pages.ts. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { pagesEn } from '../../shared/i18n/compiled/pages.en.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { rememberedTenant } from '../storage/platform-db.ts';
import { effectiveBrand } from './brand.ts';
import type { Realm } from './directory.ts';
import { plainPage } from './plain-page.ts';

const TEXTS: Readonly<Record<Language, typeof pagesDe>> = { de: pagesDe, en: pagesEn };

/** @param realm null: the host is nobody's; then the page names nobody and leads nowhere */
export async function showLost(c: Context<OpenEnv>, realm: Realm | null): Promise<Response> {
  const language = c.get('language');
  const texts = TEXTS[language];
  if (realm === null) {
    const body = html`<p>${texts['lost.host_text']}</p>`;
    return plainPage(c, { language, brand: null, title: texts['lost.host'], header: '', body }, 404);
  }
  const tenant = realm.kind === 'tenant' ? await rememberedTenant(c.get('platform'), realm.tenantId) : null;
  const brand = await effectiveBrand(c.get('platform'), tenant);
  const body = html`<p>${texts['lost.path_text']}</p>
<a class="button" href="/">${texts['lost.home']}</a>`;
  return plainPage(c, { language, brand, title: texts['lost.path'], header: brand.productName, body }, 404);
}
