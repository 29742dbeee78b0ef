/** What the proofs in browsers ask of the product beside their pages: requests, and an appointment to move. Called by colleagues.ts and pace.ts. */
import { randomUUID } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';
import { busyDay } from './demo-pages.ts';

const PATIENCE_MS = 30_000;
const LOOK_MS = 50;

type Json = Record<string, unknown>;

/** A request of somebody's browser, outside any page. @throws with what was answered where it failed */
export async function ask<T>(
  context: BrowserContext,
  base: string,
  method: string,
  path: string,
  data?: Json,
): Promise<T> {
  const headers = { origin: base, 'idempotency-key': randomUUID() };
  const answer = await context.request.fetch(base + path, { method, headers, ...(data !== undefined && { data }) });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return JSON.parse(text) as T;
}

/** Looks until there is something. @throws when nothing comes */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

interface Slot {
  starts_at: string;
  staff_id: string;
  branch_id: string;
}

/** An appointment of somebody new on a busy day, and another free start of the same person. */
export async function appointment(owner: BrowserContext, base: string, name: string) {
  const { data: services } = await ask<{ data: { id: string; name: { de: string } }[] }>(
    owner,
    base,
    'GET',
    '/api/v1/services?limit=100',
  );
  const service = services.find(({ name }) => name.de === 'Haarschnitt');
  if (service === undefined) throw new Error('no service of the demo salon');
  const { slots } = await ask<{ slots: Slot[] }>(owner, base, 'POST', '/api/v2/availability/simple', {
    date: busyDay(),
    service_id: service.id,
  });
  const [first] = slots;
  const other = slots.findLast(
    ({ staff_id, starts_at }) => staff_id === first?.staff_id && starts_at !== first.starts_at,
  );
  if (first === undefined || other === undefined) throw new Error(`no two free starts on ${busyDay()}`);
  const [first_name, last_name] = name.split(' ');
  const { data: customer } = await ask<{ data: { id: string } }>(owner, base, 'POST', '/api/v1/customers', {
    first_name,
    last_name,
  });
  const { appointment_id: id } = await ask<{ appointment_id: string }>(owner, base, 'POST', '/api/v2/bookings', {
    customer_id: customer.id,
    service_id: service.id,
    staff_id: first.staff_id,
    branch_id: first.branch_id,
    starts_at: first.starts_at,
    source: 'admin',
  });
  return { id, branchId: first.branch_id, starts: [first.starts_at, other.starts_at] as const };
}
