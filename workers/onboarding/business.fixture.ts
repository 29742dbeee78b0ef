/** A business of which there is nothing but its row and its owner's key, and what the wizard sends to set it up. Imported by tests only. */
import { expect } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import type { TestCallTurn } from '../../shared/contract/onboarding.ts';
import type { TradeTemplate } from '../../shared/contract/trade-template.ts';
import { newId } from '../../shared/ids.ts';
import { KEY_SCOPES, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import type { Trade } from '../../shared/trades.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { installApiKey } from '../identity/api-keys.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

export interface Business extends SeededTenant {
  scope: TenantScope;
  ask: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

export async function emptyBusiness(): Promise<Business> {
  const seeded = await seedTenant({ role: 'admin' });
  const key = `ask_test_onboarding_${seeded.tenantId}`;
  await installApiKey(
    platformOf(env),
    {
      tenantId: seeded.tenantId,
      id: newId('api_key', processNow()),
      name: 'onboarding',
      key,
      scopes: ROLE_PERMISSIONS.admin.filter((one) => KEY_SCOPES.includes(one)),
    },
    processNow(),
  );
  const scope = openTenant(platformOf(env), seeded.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
  const ask = async (method: string, path: string, body?: unknown) =>
    askApi(key, method, path, body === undefined ? {} : { body });
  return { ...seeded, scope, ask };
}

export const data = <T>(reply: Reply): T => {
  expect(reply.status, reply.text).toBe(200);
  return reply.body.data as T;
};

export async function place(business: Business): Promise<string> {
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
export async function openShop(business: Business, trade: Trade): Promise<TradeTemplate> {
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
export async function callUntilBooked(business: Business, said: readonly string[]): Promise<TestCallTurn[]> {
  const turns = [data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}))];
  for (const text of said) {
    const last = turns.at(-1) as TestCallTurn;
    const path = `/api/v1/test-calls/${last.id}/say`;
    turns.push(data<TestCallTurn>(await business.ask('POST', path, { text, state: last.state })));
    if (turns.at(-1)?.appointment) break;
  }
  return turns;
}
