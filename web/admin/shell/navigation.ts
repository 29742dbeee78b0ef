/**
 * The panel's navigation: groups and entries that exist today, each with the permission it needs and the kind of account it belongs to. A page
 * of the platform's operator is one more group with `of: ['platform']`; it becomes the start page of who sees no other. Read by shell and routes.
 */
import type { FigureName } from '../../../shared/figure-names.ts';
import type { Me } from '../../../shared/contract/identity.ts';
import { opensCalendar, opensSetUp } from '../../../shared/page-data.ts';
import type { adminDe } from '../../../shared/i18n/compiled/admin.de.ts';
import type { IconName } from '../../ui/icon.tsx';

export interface NavigationEntry {
  label: Extract<keyof typeof adminDe, `nav.${string}` | 'home.title'>;
  icon: IconName;
  to: string;
  permission: string;
  /** left out: of every kind of account that has the group */
  of?: readonly Me['tenant']['type'][];
  /** what waits there, beside its name; not shown while nothing does */
  waits?: FigureName;
  /** leads out of the panel: a plain link */
  isOutside?: true;
}

export interface NavigationGroup {
  label: Extract<keyof typeof adminDe, `nav.group.${string}`>;
  /** kinds of accounts that have such things at all: a reseller has no calendar, whatever the role may */
  of: readonly Me['tenant']['type'][];
  entries: readonly NavigationEntry[];
}

const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: 'nav.group.daily',
    of: ['business'],
    entries: [
      { label: 'home.title', icon: 'house', to: '/admin/start', permission: 'view_appointments' },
      {
        label: 'nav.calendar',
        icon: 'calendar',
        to: '/admin/appointments/calendar',
        permission: 'view_appointments',
      },
      {
        label: 'nav.appointments',
        icon: 'check-double',
        to: '/admin/appointments',
        permission: 'view_appointments',
        waits: 'appointments_pending',
      },
      {
        label: 'nav.calls',
        icon: 'phone',
        to: '/admin/calls',
        permission: 'view_calls',
        waits: 'calls_unreviewed',
      },
      {
        label: 'nav.callbacks',
        icon: 'phone',
        to: '/admin/callbacks',
        permission: 'view_callback_requests',
        waits: 'callbacks_open',
      },
      { label: 'nav.customers', icon: 'user', to: '/admin/customers', permission: 'view_customers' },
      {
        label: 'nav.conflicts',
        icon: 'warning',
        to: '/admin/conflicts',
        permission: 'view_calcom',
        waits: 'conflicts_open',
      },
      {
        label: 'nav.messages',
        icon: 'chat',
        to: '/admin/messages',
        permission: 'view_notifications',
        waits: 'notifications_failed',
      },
      { label: 'nav.erasures', icon: 'bin', to: '/admin/erasures', permission: 'erase_customers' },
    ],
  },
  {
    label: 'nav.group.setup',
    of: ['business'],
    entries: [
      { label: 'nav.welcome', icon: 'check-double', to: '/admin/welcome', permission: 'edit_services' },
      { label: 'nav.test_call', icon: 'phone', to: '/admin/test-call', permission: 'create_appointments' },
      { label: 'nav.services', icon: 'scissors', to: '/admin/services', permission: 'view_services' },
      { label: 'nav.staff', icon: 'team', to: '/admin/staff', permission: 'view_staff' },
      { label: 'nav.hours', icon: 'clock', to: '/admin/hours', permission: 'view_working_hours' },
      { label: 'nav.exceptions', icon: 'calendar-off', to: '/admin/exceptions', permission: 'view_exceptions' },
      {
        label: 'nav.absence_requests',
        icon: 'calendar-off',
        to: '/admin/absence-requests',
        permission: 'view_absence_requests',
      },
      { label: 'nav.companies', icon: 'house', to: '/admin/companies', permission: 'view_companies' },
      { label: 'nav.branches', icon: 'house', to: '/admin/branches', permission: 'view_branches' },
      { label: 'nav.resources', icon: 'door', to: '/admin/resources', permission: 'view_resources' },
      { label: 'nav.tags', icon: 'tag', to: '/admin/tags', permission: 'view_tags' },
      { label: 'nav.imports', icon: 'upload', to: '/admin/imports', permission: 'view_imports' },
      { label: 'nav.agents', icon: 'chat', to: '/admin/agents', permission: 'view_retell_agents' },
      { label: 'nav.numbers', icon: 'phone', to: '/admin/numbers', permission: 'view_phone_numbers' },
      { label: 'nav.connections', icon: 'link', to: '/admin/connections', permission: 'view_integrations' },
    ],
  },
  {
    label: 'nav.group.platform',
    of: ['platform'],
    entries: [
      { label: 'nav.operations', icon: 'warning', to: '/admin/operations', permission: 'view_alarms' },
      { label: 'home.title', icon: 'house', to: '/admin/start', permission: 'view_alarms' },
      { label: 'nav.tenants', icon: 'house', to: '/admin/tenants', permission: 'view_tenants' },
      { label: 'nav.number_pool', icon: 'phone', to: '/admin/number-pool', permission: 'view_number_pool' },
      { label: 'nav.connections', icon: 'link', to: '/admin/connections', permission: 'view_integrations' },
      { label: 'nav.settings', icon: 'sliders', to: '/admin/settings', permission: 'view_settings' },
    ],
  },
  {
    label: 'nav.group.customers',
    of: ['reseller'],
    entries: [{ label: 'nav.reseller_customers', icon: 'team', to: '/reseller/customers', permission: 'view_tenants' }],
  },
  {
    label: 'nav.group.sales',
    of: ['platform', 'reseller'],
    entries: [
      { label: 'nav.plans', icon: 'receipt', to: '/admin/plans', permission: 'view_pricing_plans' },
      { label: 'nav.legal', icon: 'pen', to: '/admin/legal', permission: 'view_legal_texts' },
    ],
  },
  {
    label: 'nav.group.account',
    of: ['business', 'reseller', 'platform'],
    entries: [
      { label: 'nav.users', icon: 'team', to: '/admin/users', permission: 'view_users' },
      { label: 'nav.roles', icon: 'check-double', to: '/admin/roles', permission: 'view_roles' },
      { label: 'nav.api_keys', icon: 'link', to: '/admin/api-keys', permission: 'view_api_keys' },
      { label: 'nav.security', icon: 'eye', to: '/admin/security', permission: 'view_security' },
      { label: 'nav.activity', icon: 'clock', to: '/admin/activity', permission: 'view_activity' },
      {
        label: 'nav.contracts',
        icon: 'receipt',
        to: '/admin/contracts',
        permission: 'view_contracts',
        // Nobody stands above the platform: it agrees to nothing.
        of: ['business', 'reseller'],
      },
    ],
  },
  {
    label: 'nav.group.billing',
    of: ['business'],
    entries: [{ label: 'nav.portal', icon: 'wallet', to: '/portal', permission: 'view_balance', isOutside: true }],
  },
];

type Reader = Pick<Me, 'permissions' | 'tenant' | 'branches'>;

/** What a person may open; groups without entries disappear. */
export const navigationFor = (me: Reader): NavigationGroup[] =>
  NAVIGATION.filter((group) => group.of.includes(me.tenant.type))
    .map((group) => ({
      ...group,
      entries: group.entries.filter(
        (entry) => me.permissions.includes(entry.permission) && (entry.of?.includes(me.tenant.type) ?? true),
      ),
    }))
    .filter((group) => group.entries.length > 0);

/** Where the panel opens for who has no page of the day. */
export const START_PATH = '/admin/start';

/** The first page a person sees: what is left to set up of a new business, the calendar, else the first they may open in the panel, else who they are. */
export function startPathOf(me: Reader): string {
  if (opensSetUp(me)) return START_PATH;
  if (opensCalendar(me)) return '/admin/appointments/calendar';
  const inside = navigationFor(me)
    // Nobody's day begins with who may sign in.
    .filter((group) => group.label !== 'nav.group.account')
    .flatMap((group) => group.entries)
    .find((entry) => entry.isOutside !== true);
  return inside?.to ?? START_PATH;
}
