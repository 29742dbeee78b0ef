/** Requests as the vendors send and sign them, from the wire fixtures, for one tenant. Called by the hostile-input and replay tests. */
import type { Json } from './document.ts';
import { processNow } from '../../shared/clock.ts';
import { configOf } from '../../workers/env.ts';
import { signCalcom, signRetell, signStripe, signTwilio } from '../../workers/integrations/signatures.ts';
import { saveAgent, savePhoneNumber } from '../../workers/storage/platform-db.ts';
import type { FurnishedTenant } from './fixtures.ts';
import { env, freshAddress, PLATFORM, unique } from './tenants.ts';

const JSON_FIXTURES = import.meta.glob('../fixtures/wire/*/*.json', { eager: true, import: 'default' }) as Record<
  string,
  { [member: string]: Json }
>;
const FORM_FIXTURES = import.meta.glob('../fixtures/wire/twilio/*.txt', {
  eager: true,
  import: 'default',
  query: '?raw',
}) as Record<string, string>;

/** A fresh copy of `tests/fixtures/wire/{name}`. */
export function wire(name: string): { [member: string]: Json } {
  const found = JSON_FIXTURES[`../fixtures/wire/${name}`];
  if (found === undefined) throw new Error(`no wire fixture ${name}`);
  return structuredClone(found);
}
export const wireForm = (name: string): URLSearchParams =>
  new URLSearchParams((FORM_FIXTURES[`../fixtures/wire/${name}`] ?? '').trim());

export type Vendor = 'retell' | 'calcom' | 'stripe' | 'twilio';

/** What the tenant's number and agent are called at Retell. */
export interface Line {
  number: string;
  agentId: string;
}

/** A number and an agent of the tenant's branch. */
export async function connectLine(tenant: FurnishedTenant): Promise<Line> {
  const digits = String(Math.floor(Math.random() * 1e9)).padStart(9, '0');
  const line = { number: `+4930${digits}`, agentId: unique('agent') };
  const { tenantId, branch: branchId } = tenant;
  await savePhoneNumber(env, { tenantId, e164: line.number, branchId, agentId: line.agentId, active: true });
  await saveAgent(env, { tenantId, agentId: line.agentId, branchId, language: 'de', active: true });
  return line;
}

/** A signed POST. The signature is over the bytes as the server reads them. */
export async function signed(
  vendor: Vendor,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  address = freshAddress(),
): Promise<Request> {
  const config = configOf(env);
  const text = typeof body === 'string' ? body.toWellFormed() : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const url = `${PLATFORM}${path}`;
  const headers = new Headers({ 'CF-Connecting-IP': address });
  headers.set('Content-Type', vendor === 'twilio' ? 'application/x-www-form-urlencoded' : 'application/json');
  switch (vendor) {
    case 'retell':
      headers.set('X-Retell-Signature', await signRetell(text, config.RETELL_API_KEY ?? '', processNow()));
      break;
    case 'calcom':
      headers.set('X-Cal-Signature-256', await signCalcom(text, config.CALCOM_WEBHOOK_SECRET ?? ''));
      break;
    case 'stripe':
      headers.set('Stripe-Signature', await signStripe(text, config.STRIPE_WEBHOOK_SECRET ?? '', processNow()));
      break;
    case 'twilio': {
      const shown = `${config.PUBLIC_URL ?? PLATFORM}${new URL(url).pathname}`;
      headers.set('X-Twilio-Signature', await signTwilio(shown, [...new URLSearchParams(text)], config.TWILIO_AUTH_TOKEN ?? ''));
    }
  }
  return new Request(url, { method: 'POST', headers, body: typeof body === 'string' ? text : body });
}

export const vendorOf = (path: string): Vendor =>
  path.includes('/calcom/') ? 'calcom' : path.includes('/stripe') ? 'stripe' : path.includes('/twilio') ? 'twilio' : 'retell';
