/** Requests as the vendors send and sign them, from the wire fixtures, for one tenant. Called by the hostile-input and replay tests. */
import { createExecutionContext } from 'cloudflare:test';
import { processNow } from '../../shared/clock.ts';
import { addDays, dateOf } from '../../shared/time.ts';
import { app } from '../../workers/app.ts';
import { configOf, platformOf } from '../../workers/env.ts';
import { signCalcom, signRetell, signStripe, signTwilio } from '../../workers/integrations/signatures.ts';
import { saveAgent, savePhoneNumber } from '../../workers/storage/platform-db.ts';
import type { Json } from './document.ts';
import type { FurnishedTenant } from './fixtures.ts';
import { generousEnv } from './requests.ts';
import { env, freshAddress, PLATFORM, unique } from './tenants.ts';

declare global {
  interface ImportMeta {
    /** Vite reads the files when it transforms this module */
    glob<T>(pattern: string, options: { eager: true; import: 'default'; query?: '?raw' }): Record<string, T>;
  }
}
const JSON_FIXTURES = import.meta.glob<{ [member: string]: Json }>('../fixtures/wire/*/*.json', {
  eager: true,
  import: 'default',
});
const FORM_FIXTURES = import.meta.glob<string>('../fixtures/wire/twilio/*.txt', {
  eager: true,
  import: 'default',
  query: '?raw',
});

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
  await savePhoneNumber(platformOf(env), {
    tenantId,
    e164: line.number,
    branchId,
    agentId: line.agentId,
    active: true,
  });
  await saveAgent(platformOf(env), { tenantId, agentId: line.agentId, branchId, language: 'de', active: true });
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
  const text =
    typeof body === 'string'
      ? body.toWellFormed()
      : new TextDecoder('utf-8', { ignoreBOM: true, fatal: false }).decode(body);
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
      headers.set(
        'X-Twilio-Signature',
        await signTwilio(shown, [...new URLSearchParams(text)], config.TWILIO_AUTH_TOKEN ?? ''),
      );
    }
  }
  return new Request(url, { method: 'POST', headers, body: typeof body === 'string' ? text : body });
}

/** A top-up that waits for its payment. */
export interface Opened {
  topupId: string;
  gross: number;
  net: number;
  /** Checkout session it was sent to */
  sessionId: string;
}

/** What the contract's Stripe (vendors.ts) made of an owner's order. */
export async function openTopup(tenant: FurnishedTenant, amountCents: number): Promise<Opened> {
  const request = new Request(`${PLATFORM}/api/v2/topups`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${tenant.apiKey}`,
      'Content-Type': 'application/json',
      'CF-Connecting-IP': freshAddress(),
    },
    body: JSON.stringify({ amount_cents: amountCents, method: 'stripe' }),
  });
  const response = await app.fetch(request, generousEnv, createExecutionContext());
  const opened = (await response.json()) as {
    topup_id: string;
    total_cents: number;
    bonus_cents: number;
    checkout_url: string;
  };
  if (response.status !== 201) throw new Error(`top-up: ${JSON.stringify(opened)}`);
  return {
    topupId: opened.topup_id,
    gross: opened.total_cents,
    net: amountCents + opened.bonus_cents,
    sessionId: opened.checkout_url.split('/').at(-1) ?? '',
  };
}

/** A Stripe event of the wire fixtures, about this top-up and its payment. */
export function stripeEvent(
  name: string,
  tenant: FurnishedTenant,
  topup: Opened,
  id: string,
): { [member: string]: Json } {
  const event = wire(`stripe/${name}.json`);
  const { object } = event['data'] as { object: { [member: string]: Json } };
  const paymentId = `pi_${topup.topupId}`;
  const isPayment = object['object'] === 'payment_intent';
  // Disputes carry no metadata: they go by their payment.
  if (!name.startsWith('charge.dispute'))
    object['metadata'] = { kind: 'topup', tenant_id: tenant.tenantId, topup_id: topup.topupId };
  object[isPayment ? 'id' : 'payment_intent'] = paymentId;
  if (object['object'] === 'checkout.session') object['id'] = topup.sessionId;
  if (object['object'] === 'dispute') object['id'] = `du_${topup.topupId}`;
  for (const amount of ['amount', 'amount_total', 'amount_received', 'amount_captured'])
    if (typeof object[amount] === 'number') object[amount] = topup.gross;
  return { ...event, id };
}

export const vendorOf = (path: string): Vendor =>
  path.includes('/calcom/')
    ? 'calcom'
    : path.includes('/stripe')
      ? 'stripe'
      : path.includes('/twilio')
        ? 'twilio'
        : 'retell';

/** Every argument that some function reads. */
export const ARGUMENTS: { [member: string]: Json } = {
  when: 'nächsten Dienstag um zehn',
  date: '2026-11-24',
  time: '10:00',
  starts_at: '2026-11-24T10:00:00+01:00',
  service: 'Haarschnitt',
  service_id: '',
  services: ['Haarschnitt'],
  staff: 'Maria',
  branch: 'Mitte',
  duration_minutes: 30,
  party_size: 1,
  customer_name: 'Erika Muster',
  phone_number: '+4915112345678',
  email: 'erika@example.test',
  customer_id: '',
  appointment_id: '',
  current_date: '2026-11-24',
  new_date: '2026-11-25',
  new_time: '11:00',
  query: 'Haarschnitt',
  reason: 'krank',
  notes: 'bitte klingeln',
  language: 'de',
  confirm: true,
};

/** What a function that does its work is called with. */
function argumentsOf(path: string, about: Vendored, serial: number): { [member: string]: Json } {
  // A slot of its own for each serial, in hours that nobody takes for the morning's.
  const slot = (serial % 1_000) + Math.floor(serial / 1_000) * 37;
  const date = addDays(dateOf(processNow(), 'Europe/Berlin'), 2 + (slot % 28));
  const time = `${13 + (Math.floor(slot / 28) % 10)}:${slot % 2 === 0 ? '00' : '30'}`;
  const who = { customer_name: 'Erika Muster', phone_number: '+4915112345678' };
  const what = { service: 'Haarschnitt', staff: 'Maria' };
  const { appointmentId } = about;
  if (path.includes('/check-customer') || path.includes('/list-')) return who;
  if (path.includes('/opening-hours')) return { date };
  if (path.includes('/request-callback')) return { ...who, reason: 'Rückfrage' };
  if (path.includes('/cancel-')) return { ...who, appointment_id: appointmentId, confirm: true };
  if (path.includes('/reschedule-'))
    return { ...who, appointment_id: appointmentId, new_date: date, new_time: time, confirm: true };
  return { ...who, ...what, date, time };
}

/** The tenant as the vendors know it. */
export interface Vendored {
  tenant: FurnishedTenant;
  line: Line;
  topups: readonly Opened[];
  /** booked by the caller of the wire fixtures */
  appointmentId: string;
}

/** Answers a function of the phone agent as JSON. */
export async function callFunction(name: string, about: Vendored, serial: number): Promise<{ [member: string]: Json }> {
  const path = `/api/retell/${name}`;
  const request = await signed('retell', path, JSON.stringify(validBody(path, about, serial)));
  const response = await app.fetch(request, generousEnv, createExecutionContext());
  return (await response.json()) as { [member: string]: Json };
}

/** A person and a service that Cal.com's bookings of the wire fixtures mean. */
export async function mapCalcom(tenant: FurnishedTenant): Promise<void> {
  const post = async (path: string, body: Json): Promise<string> => {
    const request = new Request(`${PLATFORM}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tenant.apiKey}`,
        'Content-Type': 'application/json',
        'CF-Connecting-IP': freshAddress(),
      },
      body: JSON.stringify(body),
    });
    const response = await app.fetch(request, generousEnv, createExecutionContext());
    const made = (await response.json()) as { data: { id: string } };
    if (response.status !== 201) throw new Error(`${path}: ${JSON.stringify(made)}`);
    return made.data.id;
  };
  const staff = await post('/api/v1/staff', { first_name: 'Orga', branch_ids: [tenant.branch], calcom_user_id: '1' });
  await post('/api/v1/services', {
    name: { de: 'Check-up' },
    duration_minutes: 30,
    price_cents: 1_000,
    currency: 'EUR',
    staff: [{ staff_id: staff }],
    calcom_event_type_id: '123',
  });
}

/** A body that the vendor could send to this path about the tenant; null for forms. @param serial makes call and event ids its own */
export function validBody(path: string, about: Vendored, serial: number): Json | null {
  const { tenant, line, topups } = about;
  const callId = `call_hostile_${tenant.slug}_${serial}`;
  const callOf = (call: Json): Json => ({
    ...(call as { [member: string]: Json }),
    call_id: callId,
    agent_id: line.agentId,
    to_number: line.number,
    metadata: {},
  });
  switch (vendorOf(path)) {
    case 'twilio':
      return null;
    case 'calcom': {
      const event = wire(
        ['calcom/BOOKING_CREATED.json', 'calcom/BOOKING_RESCHEDULED.json', 'calcom/BOOKING_CANCELLED.json'][
          serial % 3
        ] ?? '',
      );
      const payload = event['payload'] as { [member: string]: Json };
      return {
        ...event,
        payload: {
          ...payload,
          uid: `uid${serial}${tenant.slug}`,
          iCalUID: `uid${serial}${tenant.slug}@Cal.com`,
          metadata: { askpro_tenant: tenant.tenantId },
        },
      };
    }
    case 'stripe': {
      const names = [
        'checkout.session.completed',
        'payment_intent.succeeded',
        'charge.refunded.partial',
        'charge.dispute.created',
        'payment_intent.payment_failed',
      ];
      const topup = topups[serial % topups.length];
      if (topup === undefined) return null;
      return stripeEvent(names[serial % names.length] ?? '', tenant, topup, `evt_hostile_${tenant.slug}_${serial}`);
    }
    case 'retell': {
      if (path.startsWith('/webhooks/retell/inbound')) {
        const body = wire('retell/call_inbound.request.json');
        return { ...body, call_inbound: callOf(body['call_inbound'] ?? {}) };
      }
      if (path.startsWith('/webhooks/retell')) {
        const body = wire(
          ['retell/call_started.json', 'retell/call_ended.json', 'retell/call_analyzed.json'][serial % 3] ?? '',
        );
        return { ...body, call: callOf(body['call'] ?? {}) };
      }
      const body = wire('retell/custom_function.request.json');
      return { ...body, args: argumentsOf(path, about, serial), call: callOf(body['call'] ?? {}) };
    }
  }
}
