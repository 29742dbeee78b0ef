/** Seeds tenants with an owner and a key for tests inside workerd; every call makes new ones, nothing is reset. */
import { env as testEnv } from 'cloudflare:test';
import { processNow } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { type Permission, PERMISSIONS, type Role, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { type Env, platformOf } from '../../workers/env.ts';
import { createUser } from '../../workers/identity/accounts.ts';
import { installApiKey } from '../../workers/identity/api-keys.ts';
import { type NewTenant, saveTenant } from '../../workers/storage/platform-db.ts';

export const env = testEnv as unknown as Env;

/** The same databases and objects as production sees them; the demo values of secrets, which it refuses, are gone. */
export const productionEnv: Env = {
  ...env,
  ...Object.fromEntries(
    Object.keys(env)
      .filter((name) => /_(KEY|SECRET|TOKEN)$/.test(name))
      .map((name) => [name, '']),
  ),
  AUTH_SECRET: 'c1d9a0f7b3e2485696d0f1a7c1d9a0f7b3e24856',
  MASTER_KEY: btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => (i * 37) % 256))),
  ...Object.fromEntries(
    Object.keys(env).flatMap((name) => (name.endsWith('_API_BASE') ? [[name, 'https://127.0.0.1:9']] : [])),
  ),
  ENVIRONMENT: 'production',
};

export interface SeededTenant {
  tenantId: TenantId;
  slug: string;
  /** base URL of the tenant's own host */
  origin: string;
  email: string;
  password: string;
  userId: string;
  apiKey: string;
  apiKeyId: string;
}

export interface TenantOptions {
  type?: 'platform' | 'reseller' | 'business';
  parentId?: string | null;
  role?: Role;
  email?: string;
  /** scopes of the key; default: everything the role may */
  scopes?: readonly Permission[];
}

export const PASSWORD = 'askpro-demo-2026';
/** Platform host: every tenant may act there. */
export const PLATFORM = 'http://localhost';

let counter = 0;
/** A name that no other test uses. */
export const unique = (prefix: string): string => `${prefix}-${Date.now().toString(36)}-${(++counter).toString(36)}`;
/** An address of its own per test, so that limits per address never meet. */
export const freshAddress = (): string => {
  const n = ++counter;
  return `10.${Math.floor(Math.random() * 256)}.${(n >> 8) & 255}.${n & 255}`;
};

/** The row of a business in Berlin that trades in euro; what a test needs otherwise, it says. */
export function tenantRecord(over: Partial<NewTenant> = {}): NewTenant {
  const now = processNow();
  const slug = unique('t');
  return {
    id: newId('tenant', now),
    type: 'business',
    parentId: null,
    slug,
    name: `Tenant ${slug}`,
    status: 'active',
    currency: 'EUR',
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    country: 'DE',
    vatId: null,
    brand: null,
    settings: null,
    // Tests make more of them than a business usually has.
    limits: { companies: 1_000 },
    createdAt: now,
    ...over,
  };
}

export async function seedTenant(options: TenantOptions = {}): Promise<SeededTenant> {
  const now = processNow();
  const role = options.role ?? 'admin';
  const record = tenantRecord({ type: options.type ?? 'business', parentId: options.parentId ?? null });
  const { id: tenantId, slug } = record;
  await saveTenant(platformOf(env), record);
  const email = options.email ?? `owner@${slug}.test`;
  const user = await createUser(
    platformOf(env),
    { tenantId, email, name: 'Owner', role, password: PASSWORD, language: 'de' },
    now,
  );
  if (!user.ok) throw new Error(JSON.stringify(user.error));
  const apiKey = `ask_test_${slug.replaceAll('-', '_')}`;
  const apiKeyId = newId('api_key', now);
  await installApiKey(
    platformOf(env),
    {
      tenantId,
      id: apiKeyId,
      name: 'seeded',
      key: apiKey,
      scopes: options.scopes ?? (role === 'super_admin' ? PERMISSIONS : ROLE_PERMISSIONS[role]),
    },
    now,
  );
  return {
    tenantId,
    slug,
    origin: `http://${slug}.localhost`,
    email,
    password: PASSWORD,
    userId: user.value.userId,
    apiKey,
    apiKeyId,
  };
}
