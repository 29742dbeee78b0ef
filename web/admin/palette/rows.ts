/** The palette's rows beside bookings: pages of the navigation, what one does from anywhere, and what a search found. Called by palette.tsx. */
import type { SearchView } from '../../../shared/contract/search.ts';
import { dayAndTime, shortInstant } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { SignedInMe } from '../../ui/use-session.ts';
import type { Words } from '../admin-context.tsx';
import { appointmentPath } from '../appointment-path.ts';
import { newAppointmentPath } from '../calendar/new-appointment.ts';
import { navigationFor } from '../shell/navigation.ts';
import { wordsOf } from './words-of.ts';

export interface Row {
  id: string;
  group: string;
  icon: IconName;
  label: string;
  /** a second line */
  more?: string | undefined;
  lang?: string | undefined;
  /** leads to a page; else `act` */
  to?: string;
  isOutside?: true | undefined;
  act?: () => void | Promise<void>;
}

/** Pages that fit a text at most: who typed two letters means one of them. */
const MOST_FITTING = 8;

/** Rows with a word for each one typed, which begins it; all of them where nothing was typed. */
export function fitting(rows: readonly Row[], typed: string): readonly Row[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return typed.trim() === '' ? rows : [];
  return rows
    .filter(({ label, group }) => {
      const own = wordsOf(`${label} ${group}`);
      // What begins a group's name alone is all of the group: its rows are meant by their own words.
      return (
        wanted.every((one) => own.some((word) => word.startsWith(one))) &&
        wordsOf(label).some((word) => wanted.some((one) => word.startsWith(one)))
      );
    })
    .slice(0, MOST_FITTING);
}

export function pageRows(me: SignedInMe, { t }: Words): Row[] {
  return navigationFor(me).flatMap((group) =>
    group.entries.map((entry) => ({
      id: `page ${entry.to}`,
      group: t('palette.pages'),
      icon: entry.icon,
      label: t(entry.label),
      to: entry.to,
      isOutside: entry.isOutside,
    })),
  );
}

/** What may be begun from anywhere. @param branch where new appointments are meant */
export function beginRows(me: SignedInMe, { t }: Words, branch: string | undefined): Row[] {
  const group = t('palette.actions');
  const may = (permission: string): boolean => me.tenant.type === 'business' && me.permissions.includes(permission);
  const begin = (
    label: 'palette.new_appointment' | 'palette.new_customer' | 'palette.block' | 'nav.profile',
    icon: IconName,
    to: string,
  ): Row => ({ id: `begin ${to}`, group, icon, label: t(label), to });
  return [
    ...(may('create_appointments') && branch !== undefined
      ? [begin('palette.new_appointment', 'calendar', newAppointmentPath({ branch }))]
      : []),
    ...(may('create_customers') ? [begin('palette.new_customer', 'user', '/admin/customers/create')] : []),
    ...(may('create_exceptions') ? [begin('palette.block', 'calendar-off', '/admin/exceptions/create')] : []),
    begin('nav.profile', 'user', '/admin/profile'),
  ];
}

/** What was found, kind by kind, each with the address of its page. */
export function hitRows(found: SearchView, me: SignedInMe, { t, language }: Words): Row[] {
  const nameless = t('customers.nameless');
  const plain = (kind: 'staff' | 'services' | 'branches' | 'companies', icon: IconName): Row[] =>
    found[kind].map(({ id, name }) => ({
      id,
      group: t(`nav.${kind}`),
      icon,
      label: name,
      to: `/admin/${kind}/${encodeURIComponent(id)}`,
    }));
  return [
    ...found.customers.map(({ id, name, phone }) => ({
      id,
      group: t('nav.customers'),
      icon: 'user' as const,
      label: name ?? phone ?? nameless,
      more: name === null ? undefined : (phone ?? undefined),
      to: `/admin/customers/${encodeURIComponent(id)}`,
    })),
    ...found.appointments.map((one) => ({
      id: one.id,
      group: t('nav.appointments'),
      icon: 'calendar' as const,
      label: `${one.customer.name ?? nameless} · ${one.service_name}`,
      more: `${dayAndTime(one.starts_at, one.time_zone, language)} · ${one.staff_name} · ${t(`status.${one.status}`)}`,
      to: appointmentPath(one),
    })),
    ...found.calls.map((one) => ({
      id: one.id,
      group: t('nav.calls'),
      icon: 'phone' as const,
      label: one.customer?.name ?? one.from_masked ?? t('calls.withheld'),
      more: shortInstant(one.started_at, me.tenant.time_zone, language, Date.now()),
      to: `/admin/calls/${encodeURIComponent(one.id)}`,
    })),
    ...plain('staff', 'team'),
    ...plain('services', 'scissors'),
    ...plain('branches', 'house'),
    ...plain('companies', 'house'),
    ...found.tenants.map(({ id, name }) => ({
      id,
      group: t('nav.tenants'),
      icon: 'house' as const,
      label: name,
      to: `${me.tenant.type === 'reseller' ? '/reseller/customers' : '/admin/tenants'}/${encodeURIComponent(id)}`,
    })),
  ];
}
