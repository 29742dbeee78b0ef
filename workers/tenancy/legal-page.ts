/**
 * The public page of a legal text, in the brand of its host: the present version, an older one by its number, and the list of all. A page
 * without script. Called by pages.ts.
 */
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { pagesEn } from '../../shared/i18n/compiled/pages.en.ts';
import { isLanguage, type Language, LANGUAGES, localeOf } from '../../shared/i18n/language.ts';
import { LEGAL_KINDS, LEGAL_PATH, type LegalKind } from '../../shared/legal.ts';
import { type Block, type Inline, readMarkdown } from '../../shared/markdown.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { chosenTexts, issuersOn } from '../legal/texts-of.ts';
import { rememberedTenant } from '../storage/platform-db.ts';
import { type LegalVersion, presentTexts, publicText, versionsOf } from '../storage/queries/legal.ts';
import { effectiveBrand } from './brand.ts';
import type { Realm } from './directory.ts';
import { plainPage } from './plain-page.ts';

type Html = ReturnType<typeof html>;
const TEXTS: Readonly<Record<Language, typeof pagesDe>> = { de: pagesDe, en: pagesEn };
/** Versions count from 1 and nobody publishes a million. */
const VERSION = /^[1-9]\d{0,5}$/;

/** The kind that an address names; null: none of ours. */
export const legalKindOf = (text: string | undefined): LegalKind | null =>
  LEGAL_KINDS.find((kind) => kind === text) ?? null;

/** The text of a kind on a host, whose tenant is its brand. Status 404 where nobody has published it, or not in that version. */
export async function showLegal(c: Context<OpenEnv>, realm: Realm, kind: LegalKind): Promise<Response> {
  const platform = c.get('platform');
  const asked = c.req.query('lang');
  const language = isLanguage(asked) ? asked : c.get('language');
  const texts = TEXTS[language];
  const tenant = realm.kind === 'tenant' ? await rememberedTenant(platform, realm.tenantId) : null;
  const brand = await effectiveBrand(platform, tenant);
  const title = texts[`legal.${kind}`];
  const header = brand.productName;
  const issuers = issuersOn(tenant);
  const present = await presentTexts(platform, issuers);
  const found = chosenTexts(present, issuers, language).get(kind);
  if (found === undefined) {
    const body = html`<p>${texts['legal.none']}</p>`;
    return plainPage(c, { language, brand, title, header, body }, 404);
  }
  const versions = await versionsOf(platform, { issuerId: found.tenantId, kind, language: found.language });
  const number = c.req.query('version');
  const shown =
    number === undefined
      ? found
      : VERSION.test(number)
        ? versions.find(({ version }) => version === Number(number))
        : undefined;
  const text = shown === undefined ? null : await publicText(platform, shown.tenantId, shown.id);
  if (shown === undefined || text === null) {
    const body = html`<p>${texts['legal.no_version']}</p>
<a class="button" href="${LEGAL_PATH}/${kind}?lang=${language}">${texts['legal.to_present']}</a>`;
    return plainPage(c, { language, brand, title, header, body }, 404);
  }
  const others = LANGUAGES.filter(
    (one) =>
      one !== shown.language &&
      present.some((text) => text.tenantId === shown.tenantId && text.kind === kind && text.language === one),
  );
  const day = (at: number): string =>
    new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'Europe/Berlin' }).format(at);
  const said = (one: LegalVersion): string =>
    texts['legal.version']({ version: String(one.version), date: day(one.publishedAt) });
  const href = (one: LegalVersion): string => `${LEGAL_PATH}/${kind}?lang=${one.language}&version=${one.version}`;
  const body = html`<p>${said(shown)}${shown.superseded ? html` · <a href="${LEGAL_PATH}/${kind}?lang=${shown.language}">${texts['legal.superseded']}</a>` : ''}</p>
${others.map(
  (one) =>
    html`<p><a href="${LEGAL_PATH}/${kind}?lang=${one}" hreflang="${one}">${texts[`legal.language.${one}`]}</a></p>`,
)}
<div class="prose" lang="${shown.language}">${readMarkdown(text).map(blockOf)}</div>
${versions.length < 2 ? '' : html`<h2>${texts['legal.versions']}</h2><ul>${versions.map((one) => html`<li>${one.id === shown.id ? said(one) : html`<a href="${href(one)}">${said(one)}</a>`}</li>`)}</ul>`}`;
  return plainPage(c, { language, brand, title, header, body, isProse: true }, 200);
}

/** Every text is escaped by the template; only the names of our own parts are written raw. */
function blockOf(block: Block): Html {
  switch (block.kind) {
    case 'heading': {
      const tag = raw(`h${block.level}`);
      return html`<${tag}>${block.parts.map(inlineOf)}</${tag}>`;
    }
    case 'paragraph':
      return html`<p>${block.parts.map(inlineOf)}</p>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${item.map(inlineOf)}</li>`);
      return block.ordered ? html`<ol start="${block.start}">${items}</ol>` : html`<ul>${items}</ul>`;
    }
  }
}

function inlineOf(part: Inline): Html | string {
  switch (part.kind) {
    case 'text':
      return html`${part.text}`;
    case 'break':
      return html`<br>`;
    case 'strong':
      return html`<strong>${part.parts.map(inlineOf)}</strong>`;
    case 'emphasis':
      return html`<em>${part.parts.map(inlineOf)}</em>`;
    case 'link':
      return html`<a href="${part.href}" rel="noopener noreferrer">${part.parts.map(inlineOf)}</a>`;
  }
}
