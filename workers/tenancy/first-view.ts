/**
 * What a page shows before any script has run, as HTML in its frame: the portal's balance, the calendar's day with its appointments, the latest
 * calls. Made of the answers that come along anyway; the app draws the same in its place. Called by web-page.ts.
 */
import { html } from 'hono/html';
import type { CalendarDay, CalendarDayResponse } from '../../shared/contract/appointments.ts';
import type { CallListItem, CallListResponse } from '../../shared/contract/calls.ts';
import type { Me } from '../../shared/contract/identity.ts';
import type { BalanceResponse } from '../../shared/contract/money.ts';
import { callsAsked } from '../../shared/first-requests.ts';
import type { adminDe } from '../../shared/i18n/compiled/admin.de.ts';
import type { calendarDe } from '../../shared/i18n/compiled/calendar.de.ts';
import type { callsDe } from '../../shared/i18n/compiled/calls.de.ts';
import type { kitDe } from '../../shared/i18n/compiled/kit.de.ts';
import { type Language, localeOf } from '../../shared/i18n/language.ts';
import { addressOf, BALANCE, CALENDAR_DAY, CALLS, type PageData } from '../../shared/page-data.ts';

type Html = ReturnType<typeof html>;
type Texts = typeof adminDe & typeof calendarDe & typeof callsDe & typeof kitDe;

export interface FirstViewOf {
  data: PageData;
  /** without a slash at its end */
  path: string;
  query: URLSearchParams;
  me: Me;
  language: Language;
}

/** More rows than the largest screen shows at once. */
const MOST_ROWS = 40;

/** HTML; null where the page shows its empty frame. */
export async function firstView(of: FirstViewOf): Promise<string | null> {
  const shown = of.path.startsWith('/portal') ? balanceOf(of) : await panelOf(of);
  return shown === null ? null : String(await shown);
}

function balanceOf({ data, path, language }: FirstViewOf): string | null {
  const balance = data.answers[addressOf(BALANCE)]?.body as BalanceResponse | undefined;
  if (balance === undefined || !/^\/portal(\/login)?$/.test(path)) return null;
  const { currency, balance_cents: cents } = balance.data;
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
  const text = format.format(cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  return text.replace('-', '\u2212');
}

async function panelOf(of: FirstViewOf): Promise<Html | null> {
  const { answers } = of.data;
  const day = Object.entries(answers).find(([address]) => address.startsWith(`${CALENDAR_DAY}?`))?.[1];
  if (day) return dayOf((day.body as CalendarDayResponse).data, of, await textsOf(of.language));
  const calls = answers[addressOf(CALLS, callsAsked(of.query, of.me))];
  if (of.path === '/admin/calls' && calls)
    return callsOf((calls.body as CallListResponse).data, of, await textsOf(of.language));
  return null;
}

/** The panel's own words of these pages, read with the first that shows some. */
async function textsOf(language: Language): Promise<Texts> {
  switch (language) {
    case 'de': {
      const { adminDe } = await import('../../shared/i18n/compiled/admin.de.ts');
      const { calendarDe } = await import('../../shared/i18n/compiled/calendar.de.ts');
      const { callsDe } = await import('../../shared/i18n/compiled/calls.de.ts');
      const { kitDe } = await import('../../shared/i18n/compiled/kit.de.ts');
      return { ...adminDe, ...calendarDe, ...callsDe, ...kitDe };
    }
    case 'en': {
      const { adminEn } = await import('../../shared/i18n/compiled/admin.en.ts');
      const { calendarEn } = await import('../../shared/i18n/compiled/calendar.en.ts');
      const { callsEn } = await import('../../shared/i18n/compiled/calls.en.ts');
      const { kitEn } = await import('../../shared/i18n/compiled/kit.en.ts');
      return { ...adminEn, ...calendarEn, ...callsEn, ...kitEn };
    }
  }
}

function dayOf(day: CalendarDay, { query, language }: FirstViewOf, texts: Texts): Html {
  const inFull = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const date = new Intl.DateTimeFormat(localeOf(language), inFull).format(new Date(`${day.date}T12:00:00Z`));
  const clock = new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'short', timeZone: day.time_zone });
  const nameOf = new Map(day.staff.map((one) => [one.id, one.name]));
  const staff = query.get('staff');
  const rows = day.appointments
    .filter((one) => one.status !== 'cancelled' && (staff === null || !nameOf.has(staff) || one.staff_id === staff))
    .toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  if (rows.length === 0) {
    const note =
      day.opens === null
        ? html`${texts['calendar.closed_title']({ date })}<br />${texts['calendar.closed_hint']}`
        : html`${texts['calendar.empty']}`;
    return inFrame(date, html`<p class="frame-note">${note}</p>`);
  }
  return inFrame(
    date,
    listOf(
      rows.map((one) => ({
        first: `${clock.format(new Date(one.starts_at))} ${one.customer?.name ?? texts['appointment.erased']}`,
        rest: [one.service.name, nameOf.get(one.staff_id)],
      })),
    ),
  );
}

function callsOf(calls: readonly CallListItem[], { me, language, query }: FirstViewOf, texts: Texts): Html {
  const title = texts['calls.title'];
  if (calls.length === 0) {
    const [what, hint] =
      query.size > 0 ? [texts['calls.no_match_hint'], ''] : [texts['calls.empty_title'], texts['calls.empty_hint']];
    return inFrame(title, html`<p class="frame-note">${what}<br />${hint}</p>`);
  }
  const whenOf = ({ branch, started_at: at }: CallListItem): string => {
    const timeZone = me.branches.find(({ id }) => id === branch?.id)?.time_zone ?? me.tenant.time_zone;
    return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
      new Date(at),
    );
  };
  return inFrame(
    title,
    listOf(
      calls.map((call) => ({
        first: call.customer?.name ?? call.from_masked ?? texts['calls.withheld'],
        rest: [whenOf(call), outcomeOf(call, texts)],
      })),
    ),
  );
}

function outcomeOf(call: CallListItem, texts: Texts): string {
  if (call.status === 'ongoing') return texts['calls.status.ongoing'];
  return call.appointment_id === null ? texts['calls.no_booking'] : texts['calls.booked'];
}

const inFrame = (title: string, room: Html): Html =>
  html`<p class="frame-title">${title}</p><div class="frame-room">${room}</div>`;

/** A row is one paragraph of two lines: no text of the app is larger, so that what the reader waits for is painted once. */
const listOf = (rows: readonly { first: string; rest: readonly (string | undefined)[] }[]): Html =>
  html`<ul class="frame-rows">${rows
    .slice(0, MOST_ROWS)
    .map(
      ({ first, rest }) =>
        html`<li><b>${first}</b><br />${rest.filter((part) => part !== undefined && part !== '').join(' · ')}</li>`,
    )}</ul>`;
