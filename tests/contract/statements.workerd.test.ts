/**
 * Generated: what each list, and each other read without an id in its path, asks of D1. The statements of a request are hops one after the other,
 * so their number is the time that a page takes. `d1Meter` counts every statement of the Worker and of the objects; rows of each noun are there.
 */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { app } from '../../workers/app.ts';
import { d1Meter } from '../../workers/storage/d1.ts';
import { forgetApiKeys } from '../../workers/storage/identity/api-keys.ts';
import { forgetTenant } from '../../workers/storage/platform-db.ts';
import { type Operation, operationsOf } from './document.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant, isOperators, nameBesideRows } from './fixtures.ts';
import { type Credential, generousEnv, idsFor, labelOf, required, requestOf, signIn } from './requests.ts';
import { stubVendors } from './vendors.ts';
import { openApi } from './whole-document.ts';

/** Statements of a read by a key that the isolate knows. */
const BY_KEY = 2;
/** A session is never remembered: its own statement, which brings the tenant along, is one of them. */
const BY_SESSION = 2;
/** What the pages ask for first. */
const FIRST = ['/api/me', '/customer/balance'];

/** Exports read page by page, and the detailed health asks about everything: neither is a page that somebody waits for. Streams end when their reader goes. */
const isPage = ({ path }: Operation): boolean =>
  // Asked on a new owner's start page until all is set up; its six statements stand side by side, so that nobody waits for more than one.
  path !== '/api/v1/onboarding' &&
  // One statement a kind, and all of them by one way to D1.
  path !== '/api/v1/search' &&
  // Credentials and how calls went: two statements in one transaction, on a page that is opened to connect something.
  path !== '/api/v1/integrations' &&
  // Calls and appointments of the month beside the ledger's sums: two statements side by side.
  path !== '/api/billing/usage/current' &&
  // Asked a moment after the page stands, once; its two statements of the control plane stand side by side.
  path !== '/api/v1/contracts' &&
  // Pages of whoever sells, opened a few times a year; a business, which asks here, has no permission to them.
  path !== '/api/v1/signup-settings' &&
  !path.startsWith('/api/v1/legal-') &&
  !path.endsWith('/export') &&
  path !== '/api/health/detailed' &&
  path !== '/api/v1/live' &&
  !path.endsWith('/stream');
const reads = operationsOf(openApi).filter(
  (operation) =>
    operation.kind === 'tenant' &&
    operation.method === 'GET' &&
    !operation.path.includes('{') &&
    !isOperators(operation.path) &&
    isPage(operation),
);

let tenant: FurnishedTenant;
beforeAll(async () => {
  stubVendors();
  tenant = await furnishTenant(signIn);
  const nouns = ['conflict', 'customer', 'tag', 'appointment', 'call', 'callback', 'transaction', 'hours', 'exception'];
  for (const noun of nouns) await FIXTURES[noun]?.(tenant);
  await Promise.all([tenant.scope.calendar.flush(2_000), tenant.scope.ledger.flush(2_000)]);
  await nameBesideRows(tenant);
});

/** Statements of one request, with what it leaves to run. */
async function statementsOf(operation: Operation, credential: Credential): Promise<number> {
  const ids = await idsFor(tenant, operation, required(operation));
  const request = await requestOf(operation, ids, tenant, credential);
  await Promise.all([tenant.scope.calendar.flush(2_000), tenant.scope.ledger.flush(2_000)]);
  const context = createExecutionContext();
  const before = d1Meter.statements;
  const response = await app.fetch(request, generousEnv, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  expect(response.status, text).toBe(200);
  return d1Meter.statements - before;
}

/** The fewest of three: what objects do in the background at that moment is counted with a request, and is not its own. */
async function fewestOf(operation: Operation, credential: Credential): Promise<number> {
  const counts: number[] = [];
  for (let i = 0; i < 3; i++) counts.push(await statementsOf(operation, credential));
  return Math.min(...counts);
}

describe('statements of D1', () => {
  it('there are lists to count', () => {
    const paths = reads.map(({ path }) => path);
    for (const path of [...FIRST, '/api/v1/appointments', '/api/v1/customers', '/api/v1/calls', '/api/v2/transactions'])
      expect(paths).toContain(path);
  });

  it.each(reads.map((operation) => [labelOf(operation), operation] as const))('%s', async (_label, operation) => {
    if (operation.actor !== 'user') expect(await fewestOf(operation, 'key'), 'by key').toBeLessThanOrEqual(BY_KEY);
    expect(await fewestOf(operation, 'session'), 'by session').toBeLessThanOrEqual(BY_SESSION);
  });

  it.each(['key', 'session'] as const)('who I am costs two by %s, also in an isolate that knows nobody', async (by) => {
    const me = reads.find(({ path }) => path === '/api/me') as Operation;
    forgetApiKeys(tenant.tenantId);
    forgetTenant(tenant.tenantId);
    expect(await statementsOf(me, by)).toBeLessThanOrEqual(2);
  });
});
