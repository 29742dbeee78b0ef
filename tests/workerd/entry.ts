/** Main module of the workerd test project: the product itself plus the kit's probe object. */
// INTERIM (lead): until workers/index.ts compiles, missing classes are placeholders here. When your object class exists, replace its placeholder line
// by `export { TenantX } from '../../workers/x/x-object.ts';`. The lead restores the final form.
import { DurableObject } from 'cloudflare:workers';

export class TenantCalendar extends DurableObject {}
export class TenantLedger extends DurableObject {}
export class RateGate extends DurableObject {}
export { ProbeObject } from './probe-object.ts';
export default {
  fetch: () => new Response('interim'),
  queue: () => undefined,
  scheduled: () => undefined,
};
