/**
 * Signs and checks quotes at the Worker's edge. Called by routes and telephony with `scope.config.AUTH_SECRET`. A quote proves
 * what was offered; whether it still holds is decided in the object.
 */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { readToken, signToken } from '../../shared/signed-token.ts';
import type { TenantId } from '../../shared/ids.ts';
import { claimOf, quotePayloadOf, readQuotePayload } from './rules/quote.ts';
import type { QuotePayload, Slot } from './rows.ts';

/** Judges no quote too old: that is for the rules, which answer an old one with what is free now. */
const ANY_TIME = asInstant(0);

/** A signed quote for an offered slot. */
export function quoteFor(
  secret: string,
  tenantId: TenantId,
  slot: Slot,
  scheduleVersion: number,
  now: Instant,
): Promise<string> {
  const payload = quotePayloadOf(tenantId, slot, scheduleVersion, now);
  return signToken(secret, 'quote', { q: claimOf(payload) }, payload.expiresAt);
}

/** The payload of a quote that this tenant was given; null for anything else. Expiry is judged by the rules, with their clock. */
export async function verifyQuote(secret: string, tenantId: TenantId, quote: string): Promise<QuotePayload | null> {
  const read = await readToken(secret, 'quote', quote, ANY_TIME);
  const payload = read === null ? null : readQuotePayload(read.claims['q']);
  return payload?.tenantId === tenantId ? payload : null;
}
