/** Entry of the Worker: fetch, queue, scheduled and the object classes. Wiring only. */
import { app } from './app.ts';
import type { TenantCalendar } from './calendar/calendar-object.ts';
import { runSchedule } from './cron.ts';
import type { Env, QueueMessage } from './env.ts';
import type { TenantLedger } from './ledger/ledger-object.ts';
import { consume } from './queues.ts';
import type { RateGate } from './tenancy/rate-gate.ts';

/** Which class stands behind which namespace is said here, because the classes import env.ts: said there, types would close a circle. */
declare module './env.ts' {
  interface Env {
    CALENDAR: DurableObjectNamespace<TenantCalendar>;
    LEDGER: DurableObjectNamespace<TenantLedger>;
    RATE_GATE: DurableObjectNamespace<RateGate>;
  }
}

export { TenantCalendar } from './calendar/calendar-object.ts';
export { TenantLedger } from './ledger/ledger-object.ts';
export { RateGate } from './tenancy/rate-gate.ts';

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  queue: (batch, env) => consume(batch, env),
  scheduled: (event, env, ctx) => {
    ctx.waitUntil(runSchedule(event.cron, env));
  },
} satisfies ExportedHandler<Env, QueueMessage>;
