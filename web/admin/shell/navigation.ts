/** The panel's navigation: groups and entries that exist today, each with the permission it needs. Read by the shell. */
import type { adminDe } from '../../../shared/i18n/compiled/admin.de.ts';
import type { IconName } from '../../ui/icon.tsx';

export interface NavigationEntry {
  label: Extract<keyof typeof adminDe, `nav.${string}`>;
  icon: IconName;
  to: string;
  permission: string;
  /** leads out of the panel: a plain link */
  isOutside?: true;
}

export interface NavigationGroup {
  label: Extract<keyof typeof adminDe, `nav.group.${string}`>;
  entries: readonly NavigationEntry[];
}

const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: 'nav.group.daily',
    entries: [
      {
        label: 'nav.calendar',
        icon: 'calendar',
        to: '/admin/appointments/calendar',
        permission: 'view_appointments',
      },
      { label: 'nav.calls', icon: 'phone', to: '/admin/calls', permission: 'view_calls' },
      { label: 'nav.customers', icon: 'user', to: '/admin/customers', permission: 'view_customers' },
      { label: 'nav.conflicts', icon: 'warning', to: '/admin/conflicts', permission: 'view_calcom' },
    ],
  },
  {
    label: 'nav.group.setup',
    entries: [
      { label: 'nav.services', icon: 'scissors', to: '/admin/services', permission: 'view_services' },
      { label: 'nav.staff', icon: 'team', to: '/admin/staff', permission: 'view_staff' },
      { label: 'nav.hours', icon: 'clock', to: '/admin/hours', permission: 'view_working_hours' },
      { label: 'nav.exceptions', icon: 'calendar-off', to: '/admin/exceptions', permission: 'view_exceptions' },
      { label: 'nav.branches', icon: 'house', to: '/admin/branches', permission: 'view_branches' },
      { label: 'nav.resources', icon: 'door', to: '/admin/resources', permission: 'view_resources' },
      { label: 'nav.tags', icon: 'tag', to: '/admin/tags', permission: 'view_tags' },
    ],
  },
  {
    label: 'nav.group.platform',
    entries: [{ label: 'nav.operations', icon: 'warning', to: '/admin/operations', permission: 'view_alarms' }],
  },
  {
    label: 'nav.group.billing',
    entries: [{ label: 'nav.portal', icon: 'wallet', to: '/portal', permission: 'view_balance', isOutside: true }],
  },
];

/** What a person may open; groups without entries disappear. */
export const navigationFor = (permissions: readonly string[]): NavigationGroup[] =>
  NAVIGATION.map((group) => ({
    ...group,
    entries: group.entries.filter((entry) => permissions.includes(entry.permission)),
  })).filter((group) => group.entries.length > 0);
