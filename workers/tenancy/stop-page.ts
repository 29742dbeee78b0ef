/**
 * The page behind `/s/{token}` (docs/consents.md): what somebody will no longer get, and one button. Looking changes nothing, as scanners of
 * links look too; the button works at once, and again does nothing more. Programs for mail press it themselves (RFC 8058), without a page
 * of ours behind them: the token alone is the permission. Called by pages.ts.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { TenantId } from '../../shared/ids.ts';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { pagesEn } from '../../shared/i18n/compiled/pages.en.ts';
import { type Language, asLanguage } from '../../shared/i18n/language.ts';
import type { ValuesOf } from '../../shared/i18n/message.ts';
import { sayInLines } from '../../shared/i18n/message-lines.ts';
import { DAY } from '../../shared/time.ts';
import { stopMessages } from '../crm/consents/commands/stop-messages.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { customerById } from '../storage/queries/customers.ts';
import { openStop, type StopLink } from './action-links.ts';
import { type Brand, effectiveBrand } from './brand.ts';
import { inRealm, realmOf } from './directory.ts';
import { plainPage } from './plain-page.ts';
import { openTenant, type TenantScope } from './scope.ts';

type Page = Context<OpenEnv, '/s/:token'>;
type Texts = typeof pagesDe;
const TEXTS: Readonly<Record<Language, Texts>> = { de: pagesDe, en: pagesEn };

interface Opened {
  link: StopLink;
  scope: TenantScope;
  /** the person is there and was not erased */
  isThere: boolean;
  language: Language;
  brand: Brand | null;
  business: string;
}

/** Null for unknown, expired and foreign links alike. */
async function openLink(c: Page): Promise<Opened | null> {
  const platform = c.get('platform');
  const link = await openStop(platform, c.req.param('token'), c.get('now'));
  if (!link) return null;
  const realm = await realmOf(platform, c.req.header('Host') ?? new URL(c.req.url).host);
  if (!realm || !(await inRealm(platform, realm, link.tenantId))) return null;
  const guest = { kind: 'guest', tenantId: link.tenantId as TenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, { now: c.get('now'), requestId: c.get('requestId') });
  const [tenant, customer] = await Promise.all([scope.tenant(), customerById(scope.db, link.customerId)]);
  if (!tenant) return null;
  return {
    link,
    scope,
    isThere: customer !== null,
    language: customer === null ? c.get('language') : asLanguage(customer.language),
    brand: await effectiveBrand(platform, tenant),
    business: tenant.brand?.productName ?? tenant.name,
  };
}

/** The question, and the button that answers it. */
export async function showStop(c: Page): Promise<Response> {
  const opened = await openLink(c);
  return page(c, opened, opened === null ? 'unknown' : 'ask');
}

/** Honoured before it is answered. */
export async function stopByLink(c: Page): Promise<Response> {
  const opened = await openLink(c);
  if (opened === null) return page(c, null, 'unknown');
  const { link, scope, isThere } = opened;
  await stopMessages(scope, {
    channel: link.channel,
    addressHash: link.addressHash,
    purposes: [link.purpose],
    customerIds: isThere ? [link.customerId] : [],
    way: 'link',
    // Pressed twice it is one withdrawal; on another day, after a new consent, it is another one.
    cause: `${link.tokenHash}.${Math.floor(scope.now / DAY)}`,
    proof: 'Link',
  });
  return page(c, opened, 'done');
}

const STATUS = { ask: 200, done: 200, unknown: 404 } as const;

async function page(c: Page, opened: Opened | null, kind: 'ask' | 'done' | 'unknown'): Promise<Response> {
  const language = opened?.language ?? c.get('language');
  const t = <K extends keyof Texts>(key: K, ...values: ValuesOf<Texts[K]>): string =>
    sayInLines(TEXTS[language], key, ...values);
  const body =
    kind === 'ask' && opened !== null
      ? html`<p>${t('stop.what', wordsOf(opened.link))}</p>
<form method="post"><button>${t('stop.button')}</button></form>`
      : html`<p>${t(kind === 'done' ? 'stop.done_text' : 'stop.unknown_text')}</p>`;
  c.header('Referrer-Policy', 'no-referrer');
  return plainPage(
    c,
    {
      language,
      brand: opened?.brand ?? null,
      title: t(kind === 'ask' ? 'stop.title' : `stop.${kind}`),
      header: opened?.business ?? '',
      body,
    },
    STATUS[kind],
  );
}

const wordsOf = ({ purpose, channel }: StopLink) =>
  ({
    purpose: purpose === 'marketing' ? 'other' : purpose,
    channel: channel === 'sms' ? 'sms' : 'other',
  }) as const;
