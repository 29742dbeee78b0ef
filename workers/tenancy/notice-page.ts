/** What a visitor of a host finds whose tenant is suspended or closed: who it is, that nothing is offered here, for staff the way in. Called by pages.ts. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { pagesEn } from '../../shared/i18n/compiled/pages.en.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { effectiveBrand } from './brand.ts';
import { plainPage } from './plain-page.ts';

const TEXTS: Readonly<Record<Language, typeof pagesDe>> = { de: pagesDe, en: pagesEn };

/** Why it is so is between the tenant and whoever is above it: a visitor does not read it. Status 403; a closed one 410. */
export async function showNotice(c: Context<OpenEnv>, tenant: TenantRecord): Promise<Response> {
  const language = c.get('language');
  const texts = TEXTS[language];
  const brand = await effectiveBrand(c.get('platform'), tenant);
  const { name } = tenant;
  if (tenant.status === 'closed') {
    const body = html`<p>${texts['notice.closed_text']({ name })}</p>`;
    return plainPage(c, { language, brand, title: texts['notice.closed'], header: brand.productName, body }, 410);
  }
  const body = html`<p>${texts['notice.suspended_text']({ name })}</p>
<a class="button" href="/portal">${texts['notice.sign_in']}</a>`;
  return plainPage(c, { language, brand, title: texts['notice.suspended'], header: brand.productName, body }, 403);
}
