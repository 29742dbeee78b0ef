/** What several outside tests need of the demo tenants: services, free slots. */
import type { Instance } from './harness.ts';

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
    const answer = await instance.api('/api/v2/availability/simple', apiKey, { body: { date, service_id: serviceId } });
    if (answer.status !== 200)
      throw new Error(`availability of ${date}: ${answer.status} ${answer.text.slice(0, 500)}`);
    const found = answer.json().slots as { starts_at: string; ends_at: string; staff_id: string; branch_id: string }[];
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
  const services = answer.json().data as { id: string; name: string | Record<string, string> }[];
  const service = services.find((one) => (typeof one.name === 'string' ? one.name : one.name['de']) === name);
  if (!service)
    throw new Error(`no service ${name} among ${services.map((one) => JSON.stringify(one.name)).join(', ')}`);
  return service.id;
}
