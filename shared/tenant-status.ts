/** The closed sets of tenants and their keys, without zod: directory, tables, master data and the contract read them here. */

export const TENANT_TYPES = ['platform', 'reseller', 'business'] as const;
export type TenantType = (typeof TENANT_TYPES)[number];

/** `suspended` and `closed` refuse holds and bookings (TENANT_SUSPENDED). */
export const TENANT_STATUSES = ['trial', 'active', 'past_due', 'suspended', 'closed'] as const;

/** Keys of `test` are for a tenant's own trials. */
export const API_KEY_MODES = ['live', 'test'] as const;
export type ApiKeyMode = (typeof API_KEY_MODES)[number];

/** What a health check says of a part. */
export const HEALTH_STATUSES = ['ok', 'degraded', 'down'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];
