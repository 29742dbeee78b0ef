/** A quote proves what this tenant was offered, and nothing else passes for one. */
import { asTenantId } from '../../tenancy/directory.ts';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { quoteFor, verifyQuote } from '../quote-action.ts';
import type { Slot } from '../types.ts';

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
const NOW = asInstant(1_799_000_000_000);

describe('quotes', () => {
  it('come back as they were given, without names', async () => {
    const quote = await quoteFor('secret', asTenantId('ten_a'), slot, 7, NOW);
    const payload = await verifyQuote('secret', asTenantId('ten_a'), quote);
    expect(payload).toMatchObject({
      tenantId: 'ten_a',
      priceCents: 4_500,
      scheduleVersion: 7,
      durationMinutes: 60,
      serviceIds: ['srv'],
    });
    expect(atob(quote.split('.')[0]!)).not.toContain('Anna');
  });
  it('of another tenant, another secret, a changed price or nonsense are refused', async () => {
    const quote = await quoteFor('secret', asTenantId('ten_a'), slot, 7, NOW);
    const [body, signature] = quote.split('.') as [string, string];
    const cheaper = btoa(atob(body).replace('4500', '1500'));
    for (const [secret, tenant, text] of [
      ['secret', 'ten_b', quote],
      ['other', 'ten_a', quote],
      ['secret', 'ten_a', `${cheaper}.${signature}`],
      ['secret', 'ten_a', `${quote}.x`],
      ['secret', 'ten_a', body],
      ['secret', 'ten_a', '%%%.%%%'],
      ['secret', 'ten_a', 'a'.repeat(5_000)],
    ] as const) {
      expect(await verifyQuote(secret, asTenantId(tenant), text)).toBeNull();
    }
  });
});
