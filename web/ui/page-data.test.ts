import { describe, expect, it } from 'vitest';
import { dayAsked } from '../../shared/day-asked.ts';
import { firstRequests } from '../../shared/first-requests.ts';
import { transactionListQuery } from '../../shared/contract/money.ts';
import { addressOf, HISTORY_FILTERS, historyAsked, MOVEMENT_TYPES, type PageData } from '../../shared/page-data.ts';
import { firstAnswersOf } from './page-data.ts';

const me = (permissions: string[], type: 'business' | 'reseller' = 'business') => ({
  permissions,
  branches: [
    { id: 'bra_a', name: 'Mitte', time_zone: 'Europe/Berlin' },
    { id: 'bra_b', name: 'West', time_zone: 'Europe/London' },
  ],
  tenant: {
    id: 'ten_a',
    slug: 'a',
    name: 'A',
    type,
    status: 'active' as const,
    currency: 'EUR',
    time_zone: 'Europe/Berlin',
  },
});
/** half past midnight in Berlin, still yesterday in London */
const NOW = Date.parse('2026-11-21T23:30:00Z');
const MOVEMENTS = encodeURIComponent(MOVEMENT_TYPES.join(','));
const EVERYTHING = ['view_appointments', 'view_calls', 'view_balance', 'view_transactions'];
const asked = (path: string, query = '', who = me(EVERYTHING)) =>
  firstRequests(path, new URLSearchParams(query), who, NOW);

describe('the portal’s history', () => {
  it('filters by everything the API filters by, under its names', () => {
    const offered = Object.keys(transactionListQuery.shape).filter((name) => name !== 'cursor' && name !== 'limit');
    expect([...HISTORY_FILTERS].sort()).toEqual(offered.sort());
    const address = new URLSearchParams(HISTORY_FILTERS.map((name) => [name, 'x']));
    expect(Object.keys(historyAsked(address))).toEqual(expect.arrayContaining(offered));
  });
});

describe('what a page asks first', () => {
  it('has one address, however the question is put', () => {
    expect(addressOf('/api/x', { b: 1, a: 'ü', none: null, empty: '' })).toBe('/api/x?a=%C3%BC&b=1');
    expect(addressOf('/api/x?b=1', { a: 'ü' })).toBe('/api/x?a=%C3%BC&b=1');
    expect(addressOf('/api/x')).toBe('/api/x');
  });

  it.each([
    ['/admin/appointments/calendar', '', ['/api/v1/calendar/day?branch_id=bra_a&date=2026-11-22']],
    ['/admin', '', ['/api/v1/calendar/day?branch_id=bra_a&date=2026-11-22']],
    [
      '/admin/appointments/calendar',
      'branch=bra_b&date=nonsense',
      ['/api/v1/calendar/day?branch_id=bra_b&date=2026-11-21'],
    ],
    ['/admin/calls', '', ['/api/v1/calls?limit=25&sort=-started_at']],
    [
      '/admin/calls',
      'list=negative&started_from=2026-11-01&started_before=2026-11-30&customer_id=cus_1&q=schnitt',
      [
        '/api/v1/calls?customer_id=cus_1&limit=25&q=schnitt&sentiment=negative&sort=-started_at&started_before=2026-11-30T23%3A00%3A00.000Z&started_from=2026-10-31T23%3A00%3A00.000Z',
      ],
    ],
    ['/admin/calls/call_1', '', ['/api/v1/calls/call_1']],
    ['/portal', '', ['/customer/balance', `/api/v2/transactions?limit=8&type=${MOVEMENTS}`]],
    ['/portal/billing/topup', '', ['/customer/balance', '/api/v1/bonus-tiers']],
    ['/portal/billing/topup', 'topup=top_1', ['/customer/balance']],
    ['/portal/billing/history', 'type=topup', ['/customer/balance', '/api/v2/transactions?limit=25&type=topup']],
    [
      '/portal/billing/history',
      'q=call_1&type=',
      ['/customer/balance', `/api/v2/transactions?limit=25&q=call_1&type=${MOVEMENTS}`],
    ],
  ])('%s?%s', (path, query, addresses) => {
    expect(asked(path, query)).toEqual(addresses);
  });

  it('is never more than the person may see', () => {
    for (const path of ['/admin', '/admin/appointments/calendar', '/admin/calls', '/admin/calls/call_1', '/portal'])
      expect(asked(path, '', me([]))).toEqual([]);
    expect(asked('/portal', '', me(['view_balance']))).toEqual(['/customer/balance']);
    expect(asked('/admin', '', me(EVERYTHING, 'reseller'))).toEqual([]);
  });

  it('shows no holds among the movements', () => {
    expect(MOVEMENT_TYPES).not.toContain('hold');
    expect(MOVEMENT_TYPES).not.toContain('release');
    expect(MOVEMENT_TYPES).toContain('topup');
  });

  it('names no day where there is no branch', () => {
    expect(dayAsked(new URLSearchParams(), [], NOW)).toBeNull();
  });
});

describe('answers that came along', () => {
  const data: PageData = {
    language: 'de',
    answers: {
      '/api/me': { body: { success: true, data: { role: 'admin' } }, head: null },
      '/customer/balance': { body: { data: { balance_cents: 5 } }, head: 'ledger:1.4' },
    },
  };

  it('are handed out once, after looking as often as one likes', () => {
    const answers = firstAnswersOf(data, () => 'de');
    expect(answers.me).toEqual({ role: 'admin' });
    expect(answers.peek('/customer/balance')).toEqual(answers.peek('/customer/balance'));
    expect(answers.take('/customer/balance')?.head).toBe('ledger:1.4');
    expect(answers.take('/customer/balance')).toBeNull();
  });

  it('count in their own language only, but who is signed in counts in every one', () => {
    const answers = firstAnswersOf(data, () => 'en');
    expect(answers.me).toEqual({ role: 'admin' });
    expect(answers.peek('/customer/balance')).toBeNull();
  });

  it('are none where the page brought none', () => {
    const answers = firstAnswersOf(null, () => 'de');
    expect(answers.me).toBeNull();
    expect(answers.peek('/customer/balance')).toBeNull();
  });
});
