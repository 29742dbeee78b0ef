/**
 * The one permission table of API, GraphQL and web apps. A permission is `{action}_{resource}`; the set is generated from the
 * resource list, roles bundle it. Read by the HTTP edge (requirePermission), by API key scopes and by the panels.
 */
import type { TenantType } from './tenant-status.ts';

/** Every resource with the actions that make sense on it. A new module adds its resource here. */
const RESOURCES = {
  /** `force`: starts that are not offered (keys; people always may); `backdate`: what has ended */
  appointments: ['view', 'create', 'edit', 'delete', 'export', 'force', 'backdate'],
  availability: ['view'],
  holds: ['create', 'delete'],
  waitlist: ['view', 'create', 'edit', 'delete'],
  services: ['view', 'create', 'edit', 'delete'],
  staff: ['view', 'create', 'edit', 'delete'],
  resources: ['view', 'create', 'edit', 'delete'],
  working_hours: ['view', 'create', 'edit', 'delete'],
  exceptions: ['view', 'create', 'edit', 'delete'],
  /** somebody of the staff asks for a vacation; `edit`: grants or refuses */
  absence_requests: ['view', 'create', 'edit'],
  policies: ['view', 'create', 'edit', 'delete'],
  branches: ['view', 'create', 'edit', 'delete'],
  companies: ['view', 'create', 'edit', 'delete'],
  customers: ['view', 'create', 'edit', 'delete', 'export', 'merge', 'erase'],
  notes: ['view', 'create', 'edit', 'delete'],
  /** notes of customers about health; whoever lacks it learns not even how many there are */
  medical_notes: ['view'],
  /** what customers agreed to, and no longer do */
  consents: ['view', 'create'],
  tags: ['view', 'create', 'edit', 'delete'],
  /** customers out of a table */
  imports: ['view', 'create'],
  segments: ['view', 'create', 'edit', 'delete'],
  campaigns: ['view', 'create', 'edit', 'delete'],
  reviews: ['view', 'edit', 'delete'],
  calls: ['view', 'edit', 'delete', 'export'],
  transcripts: ['view'],
  /** `manage`: whether an agent records at all, which only its owner may answer for */
  recordings: ['view', 'manage'],
  callback_requests: ['view', 'create', 'edit', 'delete'],
  phone_numbers: ['view', 'create', 'edit', 'delete'],
  retell_agents: ['view', 'create', 'edit', 'delete'],
  /** numbers that no business has yet; of the operator alone */
  number_pool: ['view', 'create', 'delete'],
  calcom: ['view', 'manage'],
  balance: ['view'],
  transactions: ['view', 'create', 'export'],
  topups: ['view', 'create', 'manage'],
  /** money of the own balance for somebody below */
  transfers: ['view', 'create'],
  payment_methods: ['view', 'create', 'edit', 'delete'],
  bonus_tiers: ['view', 'create', 'edit', 'delete'],
  pricing_plans: ['view', 'create', 'edit', 'delete'],
  usage: ['view', 'create', 'export'],
  invoices: ['view', 'create', 'edit', 'delete', 'export'],
  financial_reports: ['view'],
  reports: ['view', 'export'],
  notifications: ['view', 'create', 'edit'],
  notification_templates: ['view', 'create', 'edit', 'delete'],
  notification_configurations: ['view', 'create', 'edit', 'delete'],
  workflows: ['view', 'create', 'edit', 'delete'],
  webhooks: ['view', 'create', 'edit', 'delete'],
  webhook_logs: ['view', 'manage'],
  integrations: ['view', 'manage'],
  users: ['view', 'create', 'edit', 'delete', 'impersonate'],
  roles: ['view', 'create', 'edit', 'delete'],
  sessions: ['view', 'delete'],
  api_keys: ['view', 'create', 'edit', 'delete'],
  activity: ['view', 'export'],
  tenants: ['view', 'create', 'edit', 'delete'],
  brands: ['view', 'edit'],
  domains: ['view', 'create', 'delete'],
  /** texts that whoever sells publishes */
  legal_texts: ['view', 'create'],
  /** what a tenant has agreed to */
  contracts: ['view', 'accept'],
  commissions: ['view', 'edit'],
  payouts: ['view', 'create'],
  platform_costs: ['view', 'create', 'edit', 'delete'],
  exchange_rates: ['view', 'create', 'edit'],
  queues: ['view', 'manage'],
  jobs: ['view', 'manage'],
  crons: ['view', 'manage'],
  alarms: ['view', 'manage'],
  objects: ['view', 'manage'],
  health: ['view'],
  settings: ['view', 'edit'],
  /** who of the operator may look in, and from where the account's people may work */
  security: ['view', 'edit'],
  /** webhooks of all tenants with their bodies, and which events are worked on at all */
  inbound_events: ['view', 'manage'],
  logs: ['view'],
  defects: ['view', 'manage'],
  live_checks: ['view', 'manage'],
} as const satisfies Record<string, readonly string[]>;

type Resources = typeof RESOURCES;
type Resource = keyof Resources;
export type Permission = { [R in Resource]: `${Resources[R][number]}_${R}` }[Resource];

/** All permissions, in the order of the resource list. */
export const PERMISSIONS: readonly Permission[] = Object.entries(RESOURCES).flatMap(([resource, actions]) =>
  actions.map((action) => `${action}_${resource}` as Permission),
);
const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS);
/** Whether the text names a permission of the table; narrows what an API key or a role row holds. */
export const isPermission = (text: string): text is Permission => KNOWN.has(text);

export const ROLES = [
  'super_admin',
  'reseller_admin',
  'reseller_agent',
  'admin',
  'manager',
  'receptionist',
  'staff',
  'portal_user',
] as const;
export type Role = (typeof ROLES)[number];
/** The roles that people of a tenant may have, by what the tenant is. */
export const ROLES_OF: Readonly<Record<TenantType, readonly Role[]>> = {
  platform: ['super_admin'],
  reseller: ['reseller_admin', 'reseller_agent'],
  business: ['admin', 'manager', 'receptionist', 'staff', 'portal_user'],
};
/** Whether people of such a tenant have that role at all. */
export const isRoleOf = (type: TenantType | null, role: Role): boolean =>
  type !== null && ROLES_OF[type].includes(role);
/** Who a tenant can't be without: the last of them stays. */
export const OWNER_ROLES: ReadonlySet<Role> = new Set(['super_admin', 'reseller_admin', 'admin']);
/** Whether the text names one of our roles; narrows what a user row or an invitation holds. */
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** Everything on the named resources. */
function all(...resources: Resource[]): Permission[] {
  return resources.flatMap((resource) => RESOURCES[resource].map((action) => `${action}_${resource}` as Permission));
}
/** Reading only. */
const view = (...resources: Resource[]): Permission[] => all(...resources).filter((p) => p.startsWith('view_'));

/** What only the operator of the platform touches: costs, prices, credits without a payment, and platform operations. No tenant's role or key holds it. */
const PLATFORM_ONLY: ReadonlySet<Permission> = new Set([
  ...all('platform_costs'),
  'create_exchange_rates',
  'edit_exchange_rates',
  'manage_topups',
  'create_transactions',
  'create_bonus_tiers',
  'edit_bonus_tiers',
  'delete_bonus_tiers',
  'create_invoices',
  'edit_invoices',
  'delete_invoices',
  // A reseller sees what it earns and does not set it.
  'edit_commissions',
  ...all('crons', 'alarms', 'objects', 'number_pool', 'inbound_events', 'logs', 'defects', 'live_checks'),
  // Also not a reseller: the consent is given to the operator of the platform.
  'impersonate_users',
]);
/** What a business never does: it has no customers that are tenants, and its prices are set by who sells to it. */
const RESELLER_ONLY: ReadonlySet<Permission> = new Set([
  ...all('tenants', 'transfers', 'commissions', 'payouts', 'legal_texts'),
  'create_pricing_plans',
  'edit_pricing_plans',
  'delete_pricing_plans',
]);

const BUSINESS_OWNER = PERMISSIONS.filter((p) => !PLATFORM_ONLY.has(p) && !RESELLER_ONLY.has(p));

/** What a program never holds: whoever finds a key must not be able to make further ones that outlive it. */
const NO_KEYS: ReadonlySet<Permission> = new Set([
  'create_api_keys',
  'edit_api_keys',
  'delete_api_keys',
  // These are a person's to answer for.
  'impersonate_users',
  'edit_security',
  // A contract is a person's to accept.
  'accept_contracts',
  // A person accepts it, with their name.
  'manage_recordings',
]);
/** What the scopes of a key may name. */
export const KEY_SCOPES: readonly Permission[] = PERMISSIONS.filter((p) => !NO_KEYS.has(p));

/** What people of such a tenant can hold at all, by whichever role. */
export const CEILINGS: Readonly<Record<TenantType, ReadonlySet<Permission>>> = {
  platform: new Set(PERMISSIONS),
  reseller: new Set(PERMISSIONS.filter((p) => !PLATFORM_ONLY.has(p))),
  business: new Set(BUSINESS_OWNER),
};

const MANAGER: readonly Permission[] = [
  ...all(
    'appointments',
    'availability',
    'holds',
    'waitlist',
    'services',
    'staff',
    'resources',
    'working_hours',
    'exceptions',
    'absence_requests',
    'branches',
    'customers',
    'notes',
    'medical_notes',
    'consents',
    'imports',
    'tags',
    'segments',
    'reviews',
    'calls',
    'transcripts',
    'recordings',
    'callback_requests',
    'reports',
    'notifications',
    // Conflicts are settled where the day is run.
    'calcom',
    // Nothing brings an erased person back: that is the owner's.
    // Whoever records answers for it under criminal law: the owner.
  ).filter((p) => p !== 'erase_customers' && p !== 'manage_recordings'),
  ...view('companies', 'policies', 'phone_numbers', 'retell_agents', 'balance', 'usage', 'users', 'roles'),
  ...view('notification_templates', 'notification_configurations', 'workflows', 'activity', 'settings', 'webhook_logs'),
];

const RECEPTIONIST: readonly Permission[] = [
  'view_absence_requests',
  'create_absence_requests',
  ...all('appointments', 'availability', 'holds', 'waitlist', 'callback_requests').filter(
    (p) => p !== 'export_appointments' && p !== 'backdate_appointments',
  ),
  'view_customers',
  'create_customers',
  'edit_customers',
  'view_notes',
  'create_notes',
  'edit_notes',
  'view_consents',
  'create_consents',
  'create_notifications',
  'view_tags',
  // Whoever works through the day says which call was looked at and whose it was; deleting is for who leads it.
  'edit_calls',
  ...view(
    'calls',
    'transcripts',
    'services',
    'staff',
    'resources',
    'working_hours',
    'exceptions',
    'branches',
    'companies',
    'policies',
    'notifications',
  ),
];

const STAFF: readonly Permission[] = [
  'view_absence_requests',
  'create_absence_requests',
  'view_appointments',
  'create_appointments',
  'edit_appointments',
  'view_customers',
  'view_tags',
  'view_notes',
  'create_notes',
  ...view('availability', 'services', 'staff', 'resources', 'working_hours', 'exceptions', 'branches', 'companies'),
];

const PORTAL_USER: readonly Permission[] = [
  ...view('balance', 'transactions', 'topups', 'payment_methods', 'bonus_tiers', 'usage', 'invoices', 'notifications'),
  'create_topups',
  'create_payment_methods',
  'edit_payment_methods',
  'delete_payment_methods',
  'export_transactions',
  'export_invoices',
];

const RESELLER_ADMIN: readonly Permission[] = [
  ...all(
    'tenants',
    'transfers',
    'commissions',
    'payouts',
    'brands',
    'domains',
    'users',
    'roles',
    'api_keys',
    'sessions',
    'webhooks',
    'payment_methods',
    'security',
    'legal_texts',
    'contracts',
  ),
  ...all('pricing_plans', 'reports', 'notification_templates', 'notification_configurations', 'companies', 'branches'),
  ...view(
    'balance',
    'transactions',
    'topups',
    'bonus_tiers',
    'usage',
    'invoices',
    'financial_reports',
    'activity',
    'settings',
    'health',
    // Invitations and notices to its own people are kept and shown there.
    'notifications',
  ),
  'create_topups',
  'export_transactions',
  'export_invoices',
  'edit_settings',
].filter((p): p is Permission => !PLATFORM_ONLY.has(p as Permission));

/** Somebody who looks after a reseller's customers: no users, no keys, no payouts. */
const RESELLER_AGENT = RESELLER_ADMIN.filter(
  (p) =>
    p !== 'create_transfers' &&
    !/_(users|roles|api_keys|sessions|payouts|commissions|security|legal_texts)$|^accept_contracts$/.test(p),
);

/** Everything on the resources but looking at them. */
const changes = (...resources: Resource[]): Permission[] => all(...resources).filter((p) => !p.startsWith('view_'));

/**
 * What nobody does in another person's name (docs/support.md): who may come in and with what, what money is spent, what the owner has agreed to.
 * The one list: routes, commands and pages see a session of the support without these permissions. Routes without a permission are refused there
 * by http/module-routes.ts unless they say `x-support`.
 */
const NOT_IN_SUPPORT: ReadonlySet<Permission> = new Set([
  ...changes('users', 'roles', 'sessions', 'api_keys', 'security', 'integrations', 'webhooks', 'domains', 'tenants'),
  ...changes(
    'topups',
    'transfers',
    'payment_methods',
    'transactions',
    'bonus_tiers',
    'pricing_plans',
    'invoices',
    'payouts',
  ),
  ...changes('commissions', 'exchange_rates', 'platform_costs', 'phone_numbers', 'number_pool', 'settings'),
  ...changes('contracts', 'legal_texts', 'recordings'),
  'erase_customers',
]);
/** Whether a session of the support has the permission, where the person has it. */
export const isOfSupport = (permission: Permission): boolean => !NOT_IN_SUPPORT.has(permission);

/** Whoever holds one of these decides over who comes in and what leaves: of them an account can demand a second factor (`FACTOR_DEMANDS`). */
const ADMINISTERING: readonly Permission[] = [
  ...changes('users', 'roles', 'api_keys', 'security', 'integrations', 'settings', 'tenants'),
];
/** Whether somebody with these permissions administers the account. */
export const administers = (held: readonly Permission[]): boolean => ADMINISTERING.some((one) => held.includes(one));

/** The bundle of each role. `admin` is the owner of a business. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  super_admin: PERMISSIONS,
  reseller_admin: RESELLER_ADMIN,
  reseller_agent: RESELLER_AGENT,
  admin: BUSINESS_OWNER,
  manager: MANAGER,
  receptionist: RECEPTIONIST,
  staff: STAFF,
  portal_user: PORTAL_USER,
};

/** What says what a person may: a role of ours, and where they have one, what the tenant's own role on top of it holds now. */
interface GrantedRole {
  role: string;
  /** id of the tenant's own role; null: the role of ours counts as it is */
  customRoleId: string | null;
  /** what that role holds; null: it is gone, and with it everything */
  customPermissions: readonly string[] | null;
}

/**
 * What a person may in a tenant of this type, judged at every request: nothing in a tenant of another kind (a role of the operator in a
 * business, however it came there), nothing where this version doesn't know the role, and of the tenant's own role what its type can have.
 */
export function permissionsOf(granted: GrantedRole, type: TenantType | null): readonly Permission[] {
  const { role, customRoleId, customPermissions } = granted;
  if (type === null || !isRole(role) || !isRoleOf(type, role)) return [];
  if (customRoleId === null) return ROLE_PERMISSIONS[role];
  return (customPermissions ?? []).filter(isPermission).filter((p) => CEILINGS[type].has(p));
}

/**
 * What a key may do: of its scopes those that its tenant's type can have at all, that its maker still holds, and none that makes keys. Judged
 * at every use, so that a key made by mistake or before a rule is worth no more than one made today.
 * @param held what the person who made it may now, null when no person did
 */
export function keyPermissions(
  scopes: readonly string[],
  tenantType: TenantType,
  held: readonly Permission[] | null,
): readonly Permission[] {
  return scopes
    .filter(isPermission)
    .filter((p) => CEILINGS[tenantType].has(p) && !NO_KEYS.has(p) && (held === null || held.includes(p)));
}
