import { describe, expect, it } from 'vitest';
import type { CalendarAppointment } from '../../shared/contract/appointments.ts';
import type { CallListItem } from '../../shared/contract/calls.ts';
import type { Me } from '../../shared/contract/identity.ts';
import { callsAsked } from '../../shared/first-requests.ts';
import { addressOf, BALANCE, CALENDAR_DAY, CALLS } from '../../shared/page-data.ts';
import { type FirstViewOf, firstView } from './first-view.ts';

const ZONE = 'Europe/Berlin';
const me = { tenant: { time_zone: ZONE }, branches: [{ id: 'b1', time_zone: ZONE }] } as unknown as Me;

const view = (
  path: string,
  address: string,
  body: unknown,
  more: Partial<FirstViewOf> = {},
): Promise<string | null> => {
  const language = more.language ?? 'de';
  const data = { language, answers: { [address]: { body, head: null } } };
  return firstView({ data, path, query: new URLSearchParams(), me, language, ...more });
};

const appointment = (over: object): CalendarAppointment =>
  ({
    id: 'a',
    status: 'confirmed',
    starts_at: '2026-11-24T08:00:00Z',
    staff_id: 's1',
    customer: { name: 'Jan Becker' },
    service: { name: 'Haarschnitt' },
    ...over,
  }) as unknown as CalendarAppointment;

const day = (appointments: CalendarAppointment[], opens: string | null = '09:00'): object => ({
  data: {
    date: '2026-11-24',
    time_zone: ZONE,
    opens,
    staff: [
      { id: 's1', name: 'Tom' },
      { id: 's2', name: 'Lena' },
    ],
    appointments,
  },
});
const CALENDAR = '/admin/appointments/calendar';
const DAY = `${CALENDAR_DAY}?branch_id=b1&date=2026-11-24`;

const call = (over: object): CallListItem =>
  ({
    status: 'analyzed',
    customer: null,
    from_masked: null,
    started_at: '2026-11-20T12:30:00Z',
    branch: { id: 'b1' },
    appointment_id: null,
    ...over,
  }) as unknown as CallListItem;
const ALL = addressOf(CALLS, callsAsked(new URLSearchParams(), { tenant: { time_zone: ZONE } } as Me));

describe('what a page shows before any script', () => {
  it('is the day with its people in the order of the day, in the hours of the branch', async () => {
    const late = appointment({ starts_at: '2026-11-24T13:15:00Z', staff_id: 's2', customer: null });
    const html = await view(CALENDAR, DAY, day([late, appointment({})]));
    expect(html).toContain('Dienstag, 24. November 2026');
    expect(html).toMatch(
      /09:00 Jan Becker<\/b><br \/>Haarschnitt · Tom.*14:15 Gelöschte Person<\/b><br \/>Haarschnitt · Lena/,
    );
  });

  it('holds nobody cancelled, and one person’s day where the address names them', async () => {
    const rows = day([
      appointment({ status: 'cancelled' }),
      appointment({ staff_id: 's2', customer: { name: 'Eva' } }),
    ]);
    expect(await view(CALENDAR, DAY, rows)).not.toContain('Jan Becker');
    expect(await view(CALENDAR, DAY, rows, { query: new URLSearchParams('staff=s1') })).not.toContain('Eva');
    expect(await view(CALENDAR, DAY, rows, { query: new URLSearchParams('staff=s2') })).toContain('Eva');
  });

  it('says of an empty day whether it is closed, in the reader’s language', async () => {
    expect(await view(CALENDAR, DAY, day([], null))).toContain('Dienstag, 24. November 2026: geschlossen');
    expect(await view(CALENDAR, DAY, day([], null), { language: 'en' })).toContain('24 November 2026: closed');
    expect(await view(CALENDAR, DAY, day([]))).not.toContain('geschlossen');
  });

  it('is the list of calls: who, when, with what outcome', async () => {
    const rows = {
      data: [call({}), call({ from_masked: '+49 171 ••• 89', appointment_id: 'a' }), call({ status: 'ongoing' })],
    };
    const html = await view('/admin/calls', ALL, rows);
    expect(html).toMatch(/Nummer unterdrückt<\/b><br \/>20\.11\.2026, 13:30 · Ohne Termin/);
    expect(html).toMatch(/\+49 171 ••• 89<\/b><br \/>.* · Termin gebucht/);
    expect(html).toContain('Läuft gerade');
    expect(await view('/admin/calls', ALL, { data: [] })).toContain('Noch keine Anrufe');
  });

  it('is never read as HTML of its own', async () => {
    const html = await view(CALENDAR, DAY, day([appointment({ customer: { name: '</ul><script>x' } })]));
    expect(html).toContain('&lt;/ul&gt;&lt;script&gt;x');
    expect(html).not.toContain('<script');
  });

  it('is the balance on the portal’s first page only, and nothing where no answer came along', async () => {
    const balance = { data: { currency: 'EUR', balance_cents: -26_250 } };
    expect(await view('/portal', addressOf(BALANCE), balance)).toMatch(/^\u2212262,50\s€$/);
    expect(await view('/portal/billing/topup', addressOf(BALANCE), balance)).toBeNull();
    expect(await view('/admin/customers', '/api/v1/customers', {})).toBeNull();
  });
});
