/** What several outside tests need of the demo tenants: services, free slots, customers, bookings. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { BookRequest } from '../../shared/contract/appointments.ts';
import { type CallScript, type PlayedCall, playCall } from '../../dev/sandbox/retell-call.ts';
import { DEMO_LINES } from '../../dev/sandbox/retell-scripts.ts';
import { type SimpleAvailabilityRequest, simpleAvailabilityResponse } from '../../shared/contract/availability.ts';
import { services } from '../../shared/contract/services.ts';
import { type Answer, DEMO, type Instance } from './harness.ts';

export interface Slot {
  serviceId: string;
  staffId: string;
  branchId: string;
  startsAt: string;
  endsAt: string;
}

/** How far ahead we look; the demo data's services can be booked at least this long before. */
const MAX_DAYS_AHEAD = 170;
const DAY_MS = 86_400_000;

/** Free slots that do not overlap on any staff member, from tomorrow on, through the public API. */
export async function freeSlots(
  instance: Instance,
  apiKey: string,
  wanted: { service: string; count: number },
): Promise<Slot[]> {
  const serviceId = await serviceByName(instance, apiKey, wanted.service);
  const slots: Slot[] = [];
  const lastEnd = new Map<string, number>();
  for (let ahead = 1; ahead <= MAX_DAYS_AHEAD && slots.length < wanted.count; ahead++) {
    const date = new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
    const answer = await instance.api('/api/v2/availability/simple', apiKey, {
      body: { date, service_id: serviceId } satisfies SimpleAvailabilityRequest,
    });
    if (answer.status !== 200)
      throw new Error(`availability of ${date}: ${answer.status} ${answer.text.slice(0, 500)}`);
    const { slots: found } = answer.as(simpleAvailabilityResponse);
    for (const one of found.sort((a, b) => a.starts_at.localeCompare(b.starts_at))) {
      if (Date.parse(one.starts_at) < (lastEnd.get(one.staff_id) ?? 0)) continue;
      lastEnd.set(one.staff_id, Date.parse(one.ends_at));
      slots.push({
        serviceId,
        staffId: one.staff_id,
        branchId: one.branch_id,
        startsAt: one.starts_at,
        endsAt: one.ends_at,
      });
    }
  }
  return slots.slice(0, wanted.count);
}

/** The id of a service by its (German) name. */
async function serviceByName(instance: Instance, apiKey: string, name: string): Promise<string> {
  const answer = await instance.api('/api/v1/services?limit=100', apiKey);
  if (answer.status !== 200) throw new Error(`services: ${answer.status} ${answer.text.slice(0, 500)}`);
  const { data } = answer.as(services.listResponse);
  const service = data.find((one) => one.name.de === name);
  if (!service) throw new Error(`no service ${name} among ${data.map((one) => one.name.de).join(', ')}`);
  return service.id;
}

/** A customer of the demo salon, made through the public API. @returns the answer's `data` */
export async function madeCustomer(
  instance: Instance,
  body: Record<string, unknown>,
): Promise<{ id: string; name: string; phones: { e164: string }[] }> {
  const answer = await instance.api('/api/v1/customers', DEMO.salon.apiKey, { body });
  expect(answer.status, answer.text).toBe(201);
  return answer.json().data;
}

/** Asks for a slot of the demo salon through the public API. @param more of the request, and its idempotency key */
export const bookSlot = (
  instance: Instance,
  slot: Slot,
  customerId: string,
  { key = randomUUID(), ...more }: Partial<BookRequest> & { key?: string } = {},
): Promise<Answer> =>
  instance.api('/api/v2/bookings', DEMO.salon.apiKey, {
    body: {
      customer_id: customerId,
      service_id: slot.serviceId,
      staff_id: slot.staffId,
      branch_id: slot.branchId,
      starts_at: slot.startsAt,
      source: 'api',
      ...more,
    } satisfies BookRequest,
    headers: { 'idempotency-key': key },
  });

/** Appointments of a customer as the list of them tells. */
export const appointmentsOf = async (
  { api }: { api: (path: string) => Promise<Answer> },
  customerId: string,
): Promise<{ id: string; starts_at: string; staff_id: string; status: string; service_name: string }[]> =>
  (await api(`/api/v1/appointments?customer_id=${customerId}`)).json().data;

/** A signed call to the demo salon's number, played to its end. */
export const callSalon = (
  instance: Instance,
  turns: CallScript['turns'],
  from_number = '+4915112345678',
): Promise<PlayedCall> =>
  playCall({
    askproBaseUrl: `http://127.0.0.1:${instance.port}`,
    apiKey: DEMO.retellKey,
    script: { ...DEMO_LINES['salon-schoen'], from_number, turns },
  });
