/** Each trade's template makes a business that takes its first call without a further setting: over HTTP, from an empty tenant to the appointment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestCallTurn } from '../../shared/contract/onboarding.ts';
import type { TradeTemplate } from '../../shared/contract/trade-template.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { TRADES, type Trade } from '../../shared/trades.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import { ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { installApiKey } from '../identity/api-keys.ts';
import { newId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

/** Friday, ten o'clock in Berlin. */
const FRIDAY = '2026-11-20T10:00:00+01:00';
beforeAll(() => setClockOffset(Date.parse(FRIDAY) - Date.now()));
afterAll(() => setClockOffset(0));

interface Business extends SeededTenant {
  scope: TenantScope;
  ask: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

async function emptyBusiness(): Promise<Business> {
  const seeded = await seedTenant({ role: 'admin' });
  const key = `ask_test_onboarding_${seeded.tenantId}`;
  await installApiKey(
    platformOf(env),
    {
      tenantId: seeded.tenantId,
      id: newId('api_key', processNow()),
      name: 'onboarding',
      key,
      scopes: [...ROLE_PERMISSIONS.admin],
    },
    processNow(),
  );
  const scope = openTenant(platformOf(env), seeded.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
  const ask = async (method: string, path: string, body?: unknown) =>
    askApi(key, method, path, body === undefined ? {} : { body });
  return { ...seeded, scope, ask };
}

const data = <T>(reply: Reply): T => {
  expect(reply.status, reply.text).toBe(200);
  return reply.body.data as T;
};

async function place(business: Business): Promise<string> {
  const made = data<{ branch_id: string }>(
    await business.ask('POST', '/api/v1/onboarding/place', {
      company_name: 'Muster',
      time_zone: 'Europe/Berlin',
      country: 'DE',
      address: { street: 'Torstraße 1', postal_code: '10119', city: 'Berlin' },
    }),
  );
  return made.branch_id;
}

/** Everything of the template, as the wizard sends it when its owner changes nothing but the name of the first person. */
async function openShop(business: Business, trade: Trade): Promise<TradeTemplate> {
  const branchId = await place(business);
  const template = data<TradeTemplate>(await business.ask('GET', `/api/v1/trade-templates/${trade}`));
  const applied = data<{ services: string[]; staff: string[] }>(
    await business.ask('POST', `/api/v1/trade-templates/${trade}/apply`, {
      branch_id: branchId,
      services: template.services.map((service) => ({ key: service.key, price_cents: service.price_range_cents[0] })),
      hours: template.opening_hours.flatMap(({ days_of_week: days, periods }) =>
        days.map((day) => ({ day_of_week: day, periods })),
      ),
      practice_mode: template.practice_mode,
      people: [{ first_name: 'Maria', last_name: 'Muster' }],
    }),
  );
  expect(applied.services).toHaveLength(template.services.length);
  expect(applied.staff).toHaveLength(1);
  return template;
}

/** Speaks until an appointment is booked; what was said and done, should it not be. */
async function callUntilBooked(business: Business, said: readonly string[]): Promise<TestCallTurn[]> {
  const turns = [data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}))];
  for (const text of said) {
    const last = turns.at(-1) as TestCallTurn;
    const path = `/api/v1/test-calls/${last.id}/say`;
    turns.push(data<TestCallTurn>(await business.ask('POST', path, { text, state: last.state })));
    if (turns.at(-1)?.appointment) break;
  }
  return turns;
}

const heardOf = (turns: readonly TestCallTurn[]): string =>
  turns.map((turn) => `${turn.asked.map((one) => JSON.stringify(one)).join('\n')}\n→ ${turn.says}`).join('\n');

describe.each(TRADES)('%s', (trade) => {
  it('makes a business that books on its first call', { timeout: 60_000 }, async () => {
    const business = await emptyBusiness();
    const template = await openShop(business, trade);
    const service = template.services.find((one) => one.duration_minutes <= 90 && !one.needs_approval);
    if (service === undefined) throw new Error('no short service');
    const turns = await callUntilBooked(business, [
      `Guten Tag, ich hätte gern einen Termin: ${service.aliases[0] ?? service.names.de}`,
      'Nächsten Donnerstag nachmittags',
      'Den ersten nehme ich',
      'Erika Mustermann',
      'Ja bitte',
      'Ja',
    ]);
    const made = turns.at(-1)?.appointment;
    expect(made, heardOf(turns)).toBeTruthy();
    expect(turns[0]?.says).toMatch(/KI|künstliche/);
    const { result } = await business.scope.calendar.appointment(made?.id ?? '');
    if (!result.ok) throw new Error('no appointment');
    const { appointment } = result.value;
    expect(appointment.notify).toBe(false);
    expect(appointment.callId).toBe(turns[0]?.id);
    const { result: schedule } = await business.scope.calendar.schedule();
    const settings = data<{ practice_mode: boolean; identity: string }[]>(
      await business.ask('GET', '/api/v1/companies'),
    )[0];
    expect(schedule.ok && settings?.practice_mode).toBe(template.practice_mode);
    expect(settings?.identity).toBe(template.practice_mode ? 'strict' : 'standard');
  });
});
