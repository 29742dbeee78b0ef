/** Entry of the Worker: fetch, queue, scheduled and the object classes. Wiring only. */
import { app } from './app.ts';
import { runSchedule } from './cron.ts';
import type { Env, QueueMessage } from './env.ts';
import { consume } from './queues.ts';

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
