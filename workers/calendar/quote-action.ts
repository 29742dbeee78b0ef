/**
 * Signs and checks quotes at the Worker's edge. Called by routes and telephony with `scope.config.AUTH_SECRET`. A quote proves
 * what was offered; whether it still holds is decided in the object.
 */
import type { TenantId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/clock.ts';
import { openText, signText } from '../../shared/signed-token.ts';
import { quotePayloadOf, readQuotePayload } from './rules/quote.ts';
import type { QuotePayload, Slot } from './types.ts';

/** A signed quote for an offered slot. */
export const quoteFor = (
  secret: string,
  tenantId: TenantId,
  slot: Slot,
  scheduleVersion: number,
  now: Instant,
): Promise<string> => signText(secret, 'quote', JSON.stringify(quotePayloadOf(tenantId, slot, scheduleVersion, now)));

/** The payload of a quote that this tenant was given; null for anything else. Expiry is judged by the rules, with their clock. */
export async function verifyQuote(secret: string, tenantId: TenantId, quote: string): Promise<QuotePayload | null> {
  const text = await openText(secret, 'quote', quote);
  const payload = text === null ? null : readQuotePayload(text);
  return payload?.tenantId === tenantId ? payload : null;
}
