/** A quote proves what this tenant was offered, and nothing else passes for one. */
import { asTenantId } from '../../tenancy/directory.ts';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { quoteFor, verifyQuote } from '../quote-action.ts';
import type { Slot } from '../rows.ts';

const slot: Slot = {
  startsAt: asInstant(1_800_000_000_000),
  endsAt: asInstant(1_800_003_600_000),
  date: '2027-01-15',
  time: '09:00',
  endTime: '10:00',
  branchId: 'bra',
  staffId: 'stf',
  staffName: 'Anna',
  serviceId: 'srv',
  moreServiceIds: [],
  durationMinutes: 60,
  customMinutes: null,
  partySize: 1,
  priceCents: 4_500,
  currency: 'EUR',
  resources: [{ resourceId: 'res', units: 1 }],
  segments: [],
};
const SECRET = 'a-secret-of-the-test-0123456789ab';
const NOW = asInstant(1_799_000_000_000);

describe('quotes', () => {
  it('come back as they were given, without names', async () => {
    const quote = await quoteFor(SECRET, asTenantId('ten_a'), slot, 7, NOW);
    const payload = await verifyQuote(SECRET, asTenantId('ten_a'), quote);
    expect(payload).toMatchObject({
      tenantId: 'ten_a',
      priceCents: 4_500,
      scheduleVersion: 7,
      durationMinutes: 60,
      serviceIds: ['srv'],
    });
    expect(atob(quote.split('.')[1]!)).not.toContain('Anna');
  });
  it('of another tenant, another secret, a changed price or nonsense are refused', async () => {
    const quote = await quoteFor(SECRET, asTenantId('ten_a'), slot, 7, NOW);
    const [header, body, signature] = quote.split('.') as [string, string, string];
    const cheaper = btoa(atob(body).replace('4500', '1500'));
    for (const [secret, tenant, text] of [
      [SECRET, 'ten_b', quote],
      [SECRET.toUpperCase(), 'ten_a', quote],
      [SECRET, 'ten_a', `${header}.${cheaper}.${signature}`],
      [SECRET, 'ten_a', `${quote}.x`],
      [SECRET, 'ten_a', body],
      [SECRET, 'ten_a', `${header}.${body}.`],
      [SECRET, 'ten_a', '%%%.%%%.%%%'],
      [SECRET, 'ten_a', 'a'.repeat(5_000)],
    ] as const) {
      expect(await verifyQuote(secret, asTenantId(tenant), text)).toBeNull();
    }
  });
});
