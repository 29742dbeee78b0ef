/**
 * Generated: every route of the whole document × every role, ours and two of a tenant's own. Who holds the route's permission is never refused for
 * it, who does not is refused with exactly that one, before anything is looked up. Then: ids from beyond somebody's reach in every path that takes
 * one, and two resellers before each other's customers. A new route joins by existing; a new role by standing in ROLES.
 */
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { CEILINGS, type Permission, type Role, ROLE_PERMISSIONS, ROLES, ROLES_OF } from '../../shared/permissions.ts';
import type { TenantType } from '../../shared/tenant-status.ts';
import { app } from '../../workers/app.ts';
import { platformOf } from '../../workers/env.ts';
import { createUser } from '../../workers/identity/accounts.ts';
import { createRole } from '../../workers/identity/commands/create-role.ts';
import { appointments } from '../../workers/storage/tables/calendar.ts';
import { openTenant } from '../../workers/tenancy/scope.ts';
import { appointmentRow } from '../appointment-row.ts';
import { type Operation, operationsOf } from './document.ts';
import { type FurnishedTenant, furnishTenant } from './fixtures.ts';
import { emptyRequest, generousEnv, idsFor, labelOf, required, requestOf, signIn } from './requests.ts';
import { freshAddress, PASSWORD, PLATFORM, type SeededTenant, seedTenant, unique } from './tenants.ts';
import { openApi } from './whole-document.ts';

const platform = platformOf(generousEnv);
/** What a route says it asks for; null: nothing but a session. */
const permissionOf = ({ method, path }: Operation): Permission | null => {
  const raw = (openApi.paths?.[path] as Record<string, Record<string, unknown>> | undefined)?.[method.toLowerCase()];
  return (raw?.['x-permission'] as Permission | undefined) ?? null;
};
const guarded = operationsOf(openApi).filter(
  (operation) => operation.kind === 'tenant' && permissionOf(operation) !== null,
);

interface Sent {
  status: number;
  code: string | null;
  permission: string | null;
  text: string;
}

/** Answers of streams are not read: that they begin says who may. */
async function send(request: Request): Promise<Sent> {
  const response = await app.fetch(request, generousEnv, createExecutionContext());
  if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    await response.body?.cancel().catch(() => undefined);
    return { status: response.status, code: null, permission: null, text: '' };
  }
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
  const error = isJson
    ? (JSON.parse(text) as { error?: { code: string; details?: { permission?: string } } }).error
    : undefined;
  return { status: response.status, code: error?.code ?? null, permission: error?.details?.permission ?? null, text };
}

/** Somebody of the tenant with a session. @param own id of a role of the tenant's own; @param branchIds what they are bound to */
async function member(
  tenant: Pick<SeededTenant, 'tenantId'>,
  role: Role,
  own: string | null = null,
  branchIds: string[] | null = null,
): Promise<string> {
  const email = `${unique(role.replaceAll('_', '-'))}@mail.test`;
  const input = {
    tenantId: tenant.tenantId,
    email,
    name: 'Jo Kolle',
    role,
    password: PASSWORD,
    language: 'de',
  } as const;
  const made = await createUser(platform, input, processNow());
  if (!made.ok) throw new Error(made.error.code);
  await generousEnv.DB.prepare('UPDATE users SET custom_role_id = ?1, branch_ids = ?2 WHERE id = ?3')
    .bind(own, branchIds === null ? null : JSON.stringify(branchIds), made.value.userId)
    .run();
  return signIn({ email } as SeededTenant);
}

async function ownRole(tenantId: TenantId, base: Role, permissions: readonly Permission[]): Promise<string> {
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'demo' });
  const made = await createRole(scope, {
    name: unique('Rolle'),
    description: null,
    base_role: base,
    permissions: [...permissions],
  });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.id;
}

/** A role that sees little: what a trainee at the reception needs. */
const NARROW: readonly Permission[] = [
  'view_appointments',
  'view_customers',
  'view_services',
  'view_branches',
  'view_staff',
];
/** Everything a business can hold, of one branch. */
const WIDE: readonly Permission[] = [...CEILINGS.business];

/** Routes that judge further than their permission says, with the reason: whoever holds it in another kind of account is refused all the same. */
const OF_ONE_KIND: readonly { path: RegExp; of: readonly TenantType[]; because: string }[] = [
  { path: /^\/api\/v1\/sealed-values/, of: ['platform'], because: 'the master key is the operator’s' },
  {
    path: /^\/api\/v1\/signup-settings$/,
    of: ['platform', 'reseller'],
    because: 'a business sells to nobody',
  },
  { path: /^\/api\/v1\/staff\/\{id\}\/login$/, of: ['business'], because: 'only a business has staff' },
  { path: /^\/api\/v1\/settings$/, of: ['platform'], because: 'the instance’s own settings are the operator’s alone' },
  {
    path: /^\/api\/v1\/tenants\/\{id\}\/domains/,
    of: ['platform', 'reseller'],
    because: 'host names are looked after by whoever is above the account',
  },
];

interface Holder {
  type: TenantType;
  cookie: string;
  held: ReadonlySet<Permission>;
}

describe('every route of the document', () => {
  const holders = new Map<string, Holder>();
  let salon: FurnishedTenant;

  beforeAll(async () => {
    salon = await furnishTenant(signIn);
    const reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const operator = await seedTenant({ type: 'platform', role: 'super_admin' });
    const at: Record<TenantType, Pick<SeededTenant, 'tenantId'>> = { business: salon, reseller, platform: operator };
    for (const role of ROLES) {
      const type = (Object.keys(ROLES_OF) as TenantType[]).find((one) => ROLES_OF[one].includes(role)) ?? 'business';
      holders.set(role, { type, cookie: await member(at[type], role), held: new Set(ROLE_PERMISSIONS[role]) });
    }
    const narrow = await ownRole(salon.tenantId, 'receptionist', NARROW);
    holders.set('a narrow role of the tenant’s own', {
      type: 'business',
      cookie: await member(salon, 'receptionist', narrow),
      held: new Set(NARROW),
    });
    const wide = await ownRole(salon.tenantId, 'manager', WIDE);
    holders.set('a wide role of the tenant’s own, of one branch', {
      type: 'business',
      cookie: await member(salon, 'manager', wide, [salon.branch]),
      held: new Set(WIDE),
    });
  }, 120_000);

  it('says which permission it asks for, of a table that knows it', () => {
    const known = new Set<string>(CEILINGS.platform);
    expect(guarded.length).toBeGreaterThan(120);
    expect(guarded.filter((operation) => !known.has(permissionOf(operation) ?? '')).map(labelOf)).toEqual([]);
  });

  it.each([...ROLES, 'a narrow role of the tenant’s own', 'a wide role of the tenant’s own, of one branch'])(
    'is open to %s by its permission, and only by it',
    async (name) => {
      const holder = holders.get(name);
      if (holder === undefined) throw new Error(name);
      const wrong: string[] = [];
      let [open, shut] = [0, 0];
      for (const operation of guarded) {
        const permission = permissionOf(operation);
        if (permission === null) continue;
        const sent = await send(emptyRequest(operation, holder.cookie));
        const label = `${labelOf(operation)} (${permission}): ${sent.status} ${sent.text.slice(0, 160)}`;
        const kinds = OF_ONE_KIND.find(({ path }) => path.test(operation.path))?.of;
        if (holder.held.has(permission) && kinds?.includes(holder.type) === false) {
          shut++;
          // An empty body may be refused first; what counts is that nothing is done or shown.
          if (sent.status < 400) wrong.push(`open to another kind: ${label}`);
        } else if (holder.held.has(permission)) {
          open++;
          if (
            sent.status === 401 ||
            sent.status >= 500 ||
            (sent.status === 403 && sent.code !== 'CONFIRMATION_REQUIRED')
          )
            wrong.push(`refused though held: ${label}`);
          // A list without ids in its path is there, whatever is in it.
          const isList = operation.method === 'GET' && !operation.path.includes('{');
          // Only a business has calendar and ledger.
          if (isList && holder.type === 'business' && sent.status === 404)
            wrong.push(`not there though held: ${label}`);
        } else {
          shut++;
          if (sent.status !== 403 || sent.code !== 'PERMISSION_DENIED' || sent.permission !== permission)
            wrong.push(`open though not held: ${label}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(open + shut).toBe(guarded.length);
      if (name !== 'super_admin') expect(shut).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe('what lies beyond a branch', () => {
  /** Nouns that stand somewhere. The account's own (agents, numbers, users, money) are given by permission alone (docs/roles.md). */
  const PLACED = new Set([
    'appointment',
    'branch',
    'callback_request',
    'call',
    'conflict',
    'customer',
    'exception',
    'hours',
    'notification',
    'resource',
    'staff',
    'webhook_log',
  ]);
  const operations = guarded.filter(
    (operation) =>
      WIDE.some((permission) => permission === permissionOf(operation)) &&
      operation.places.some(({ in: place, noun }) => place === 'path' && PLACED.has(noun)),
  );
  let salon: FurnishedTenant;
  let bound = '';

  beforeAll(async () => {
    salon = await furnishTenant(signIn);
    const now = processNow();
    const { result } = await salon.scope.calendar.schedule();
    const here = result.ok ? result.value.branches[0] : undefined;
    if (here === undefined) throw new Error('no branch');
    const elsewhere = newId('branch', now);
    const put = await salon.scope.calendar.putSchedule({
      key: unique('north'),
      now,
      actor: { kind: 'system', id: 'test' },
      kind: 'branch',
      id: elsewhere,
      body: { ...here.body, name: 'Nord', main: false },
      expectedVersion: 0,
    });
    if (!put.result.ok) throw new Error(put.result.error.code);
    bound = await member(salon, 'manager', await ownRole(salon.tenantId, 'manager', WIDE), [elsewhere]);
  }, 120_000);

  it('is asked for by many routes', () => {
    expect(operations.length).toBeGreaterThan(35);
  });

  it.each(operations.map((operation) => [labelOf(operation), operation] as const))(
    '%s answers as if it were not there',
    async (_label, operation) => {
      const ids = await idsFor(salon, operation, required(operation));
      // A customer stands where they were booked.
      for (const place of operation.places)
        if (place.noun === 'customer' && place.in === 'path') {
          const customerId = ids.get(`${place.in}:${place.name}`) ?? '';
          const { branch: branchId, staff: staffId, service: serviceId, company: companyId } = salon;
          const id = newId('appointment', processNow());
          await salon.scope.db.insert(
            appointments,
            appointmentRow({ id, startsAt: processNow(), customerId, branchId, staffId, serviceId, companyId }),
          );
        }
      await salon.scope.calendar.flush(2_000);
      const sent = await send(await requestOf(operation, ids, salon, 'session', { apiKey: '', cookie: bound }));
      expect(sent.status, sent.text).toBe(404);
      for (const id of ids.values()) expect(sent.text).not.toContain(id);
    },
  );
});

describe('two resellers', () => {
  const operations = guarded.filter(
    (operation) =>
      ROLE_PERMISSIONS.reseller_admin.includes(permissionOf(operation) ?? 'view_crons') &&
      operation.places.some(
        ({ in: place, noun }) =>
          place === 'path' && ['tenant', 'pricing_plan', 'user', 'role', 'api_key'].includes(noun),
      ),
  );
  let [mine, theirs]: [FurnishedTenant | null, FurnishedTenant | null] = [null, null];
  let customer = '';

  beforeAll(async () => {
    mine = await furnishTenant(signIn, { type: 'reseller', role: 'reseller_admin' });
    theirs = await furnishTenant(signIn, { type: 'reseller', role: 'reseller_admin' });
    customer = (await seedTenant({ parentId: theirs.tenantId })).tenantId;
  }, 120_000);

  it.each(operations.map((operation) => [labelOf(operation), operation] as const))(
    '%s: neither has the other’s customers, plans, people and keys',
    async (_label, operation) => {
      if (mine === null || theirs === null) throw new Error('not furnished');
      const ids = await idsFor(theirs, operation, required(operation));
      for (const place of operation.places) if (place.noun === 'tenant') ids.set(`${place.in}:${place.name}`, customer);
      const sent = await send(await requestOf(operation, ids, theirs, 'session', mine));
      expect([403, 404], sent.text).toContain(sent.status);
      // A refusal by permission would say nothing about whose it is: only what the operator alone may is refused so.
      if (sent.status === 403) expect(ROLE_PERMISSIONS.reseller_admin).not.toContain(sent.permission);
      expect(sent.text).not.toContain(customer);
    },
  );

  it('neither lists the other’s customers', async () => {
    const listed = await send(
      new Request(`${PLATFORM}/api/v1/tenants?limit=100`, {
        headers: { Cookie: mine?.cookie ?? '', 'CF-Connecting-IP': freshAddress() },
      }),
    );
    expect(listed.status).toBe(200);
    expect(listed.text).not.toContain(customer);
  });
});
