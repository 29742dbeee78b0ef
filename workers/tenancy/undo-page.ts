/**
 * The page behind `/u/{token}` (docs/callers.md § Taking back): what was cancelled or moved over the phone, and one button that puts it
 * back. Looking changes nothing, as scanners of links look too. Called by pages.ts.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { newId, type TenantId } from '../../shared/ids.ts';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { pagesEn } from '../../shared/i18n/compiled/pages.en.ts';
import { type Language, asLanguage, localeOf } from '../../shared/i18n/language.ts';
import type { ValuesOf } from '../../shared/i18n/message.ts';
import { sayInLines } from '../../shared/i18n/message-lines.ts';
import { toIso } from '../../shared/time.ts';
import { companySettings } from '../calendar/rules/company.ts';
import type { AppointmentDetail, Modification } from '../calendar/types.ts';
import type { Platform } from '../env.ts';
import { isOwnOrigin } from '../http/csrf.ts';
import { refuse } from '../http/problem.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { customerById } from '../storage/queries/customers.ts';
import { requestCallback } from '../telephony/callbacks.ts';
import { closeUndo, openUndo, type UndoLink } from './action-links.ts';
import { type Brand, effectiveBrand } from './brand.ts';
import { inRealm, realmOf } from './directory.ts';
import { outsideServices } from './outside-names.ts';
import { plainPage } from './plain-page.ts';
import { openTenant, type TenantScope } from './scope.ts';

type Page = Context<OpenEnv, '/u/:token'>;

/** What the page says; only `ask` shows the appointment. */
type View =
  | { kind: 'ask'; detail: AppointmentDetail; change: Modification; service: string }
  | { kind: 'done' | 'taken' | 'changed' | 'later' | 'unknown' };

/** Everything behind a living link, on a host that may show it. */
interface Opened {
  link: UndoLink;
  scope: TenantScope;
  customer: Awaited<ReturnType<typeof customerById>>;
  language: Language;
  look: Look;
}
interface Look {
  /** null: no tenant's, for an unknown link */
  brand: Brand | null;
  business: string;
}

const STATUS = { ask: 200, done: 200, taken: 200, changed: 410, later: 503, unknown: 404 } as const;

export async function showUndo(c: Page): Promise<Response> {
  const opened = await openLink(c);
  return opened ? page(c, opened, await viewOf(opened)) : unknown(c);
}

/** Puts the appointment back, once. Afterwards the browser looks at the page anew, so that reloading it sends nothing. */
export async function putBackByLink(c: Page): Promise<Response> {
  const origin = c.req.header('Origin');
  const own = isOwnOrigin({
    site: c.req.header('Sec-Fetch-Site'),
    // Browsers that don't know Sec-Fetch-Site say `null` for a page without referrer, which this one is.
    origin: origin === 'null' ? undefined : origin,
    host: c.req.header('Host') ?? new URL(c.req.url).host,
  });
  if (!own) return refuse(c, { code: 'ORIGIN_REFUSED' });
  const opened = await openLink(c);
  if (!opened) return unknown(c);
  // A phone that loses its connection must not leave the work half done.
  const acting = act(c.get('platform'), opened);
  c.executionCtx.waitUntil(acting.catch(() => undefined));
  const ended = await acting;
  if (ended !== 'closed') return page(c, opened, { kind: ended });
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  return c.redirect(c.req.path, 303);
}

/** Null for unknown, expired and foreign links alike. */
async function openLink(c: Page): Promise<Opened | null> {
  const link = await openUndo(c.get('platform'), c.req.param('token'), c.get('now'));
  if (!link) return null;
  const realm = await realmOf(c.get('platform'), c.req.header('Host') ?? new URL(c.req.url).host);
  if (!realm || !(await inRealm(c.get('platform'), realm, link.tenantId))) return null;
  const guest = { kind: 'guest', tenantId: link.tenantId as TenantId, permissions: [] } as const;
  const scope = openTenant(c.get('platform'), link.tenantId, guest, {
    now: c.get('now'),
    requestId: c.get('requestId'),
  });
  const [tenant, customer] = await Promise.all([scope.tenant(), customerById(scope.db, link.customerId)]);
  if (!tenant) return null;
  return {
    link,
    scope,
    customer,
    language: customer === null ? c.get('language') : asLanguage(customer.language),
    look: {
      brand: await effectiveBrand(c.get('platform'), tenant),
      business: tenant.brand?.productName ?? tenant.name,
    },
  };
}

async function viewOf({ link, scope, language }: Opened): Promise<View> {
  if (link.outcome) return { kind: link.outcome };
  const { result } = await scope.calendar.appointment(link.appointmentId);
  if (!result.ok) return { kind: result.error.code === 'NOT_FOUND' ? 'unknown' : 'later' };
  const detail = result.value;
  const { modificationId } = link;
  const [newest] = detail.modifications;
  // Put back by a request that was cut off before it closed the link.
  if (detail.modifications.some((one) => one.undoes === modificationId)) return { kind: 'done' };
  if (newest?.id !== modificationId || newest.oldStartsAt === null || newest.oldStartsAt <= scope.now)
    return { kind: 'changed' };
  const schedule = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  const isPractice =
    schedule.result.ok && companySettings(schedule.result.value, detail.appointment.companyId).practiceMode;
  const service = outsideServices(detail, language, isPractice);
  return { kind: 'ask', detail, change: newest, service };
}

/** `closed`: the link is used up, and says how it ended. */
async function act(platform: Platform, opened: Opened): Promise<'closed' | 'changed' | 'later' | 'unknown'> {
  const { link, scope } = opened;
  if (link.outcome) return 'closed';
  const { result } = await scope.calendar.putBack({
    // However often the link is opened: one change is put back once.
    key: `undo:${link.modificationId}`,
    now: scope.now,
    actor: { kind: 'customer', id: link.customerId },
    appointmentId: link.appointmentId,
    modificationId: newId('modification', scope.now),
    undoes: link.modificationId,
  });
  if (result.ok) {
    await closeUndo(platform, link, 'done', scope.now);
    return 'closed';
  }
  switch (result.error.code) {
    case 'APPOINTMENT_CONFLICT':
      await leaveCallback(opened);
      await closeUndo(platform, link, 'taken', scope.now);
      return 'closed';
    case 'ILLEGAL_TRANSITION':
      return 'changed';
    case 'NOT_FOUND':
      return 'unknown';
    default:
      return 'later';
  }
}

/** A person finds another time. Before the link is closed, and one however often it is tried. */
async function leaveCallback({ link, scope, customer }: Opened): Promise<void> {
  const { result } = await scope.calendar.appointment(link.appointmentId);
  const change = result.ok ? result.value.modifications.find(({ id }) => id === link.modificationId) : undefined;
  const tenant = await scope.tenant();
  const language: Language = tenant?.locale.startsWith('en') ? 'en' : 'de';
  const appointment = result.ok ? result.value.appointment : null;
  await requestCallback(scope, {
    kind: 'manual_booking',
    callId: change?.actor.kind === 'phone' ? change.actor.id : null,
    about: `undo:${link.modificationId}`,
    customerId: link.customerId,
    branchId: appointment?.branchId ?? null,
    phone: customer?.phone ?? null,
    name: customer?.name ?? null,
    reason: say(language, change?.type === 'reschedule' ? 'undo.callback_moved' : 'undo.callback_cancelled'),
    wish: {
      service_ids: appointment ? [appointment.serviceId, ...appointment.moreServiceIds] : [],
      staff_id: change?.oldStaffId ?? null,
      starts_at: change?.oldStartsAt == null ? null : toIso(change.oldStartsAt),
    },
  });
}

// ---------------------------------------------------------------- the page

type Texts = typeof pagesDe;
const TEXTS: Readonly<Record<Language, Texts>> = { de: pagesDe, en: pagesEn };

const say = <K extends keyof Texts>(language: Language, key: K, ...values: ValuesOf<Texts[K]>): string =>
  sayInLines(TEXTS[language], key, ...values);

/** `Dienstag, 24. November, 14:30` on the branch's clock. */
function sayWhen(instant: number, timeZone: string, language: Language): string {
  const day = { timeZone, weekday: 'long', day: 'numeric', month: 'long' } as const;
  const date = new Intl.DateTimeFormat(localeOf(language), day).format(instant);
  const clock = { timeZone, hour: '2-digit', minute: '2-digit' } as const;
  return `${date}, ${new Intl.DateTimeFormat(localeOf(language), clock).format(instant)}`;
}

const unknown = (c: Page): Promise<Response> =>
  page(c, { language: c.get('language'), look: { brand: null, business: '' } }, { kind: 'unknown' });

async function page(c: Page, { language, look }: Pick<Opened, 'language' | 'look'>, view: View): Promise<Response> {
  const t = <K extends keyof Texts>(key: K, ...values: ValuesOf<Texts[K]>): string => say(language, key, ...values);
  // What is not ours to show looks the same for everybody.
  const { brand, business } = view.kind === 'unknown' ? { brand: null, business: '' } : look;
  const title = view.kind === 'ask' ? headline(view, language) : t(`undo.${view.kind}`);
  const body =
    view.kind === 'ask'
      ? html`<p>${t('undo.question')}</p>
<dl>${view.service === '' ? '' : html`<dt>${t('undo.service')}</dt><dd>${view.service}</dd>`}
<dt>${t('undo.place')}</dt><dd>${view.detail.branchName}</dd></dl>
<form method="post"><button>${t(view.change.type === 'cancel' ? 'undo.restore' : 'undo.move_back')}</button></form>`
      : html`<p>${t(`undo.${view.kind}_text`)}</p>`;
  c.header('Referrer-Policy', 'no-referrer');
  return plainPage(c, { language, brand, title, header: business, body }, STATUS[view.kind]);
}

function headline({ detail, change }: View & { kind: 'ask' }, language: Language): string {
  const { timeZone, appointment } = detail;
  const when = sayWhen(change.oldStartsAt ?? appointment.startsAt, timeZone, language);
  return change.type === 'cancel'
    ? say(language, 'undo.cancelled', { when })
    : say(language, 'undo.moved', { when, new_when: sayWhen(appointment.startsAt, timeZone, language) });
}
