/** Lists of master data that belong to a record of another noun: exceptions, services, people, rooms. Named by the views beside it. */
import type { ExceptionView } from '../../../shared/contract/hours.ts';
import type { ResourceView } from '../../../shared/contract/resources.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { type Relation, relation } from '../kit/view.ts';
import { exceptionLook, exceptionTime, exceptionWhen } from './exception-words.ts';
import { personName } from './references.ts';
import { activeColumn, lengthText } from './shared-parts.ts';

type Texts = Pick<Relation, 'title' | 'empty'>;

/** @param target whose exceptions: the list's filter and the member of a new one */
export const exceptionsOf = (target: 'staff_id' | 'resource_id' | 'branch_id', texts: Texts): Relation =>
  relation<ExceptionView>({
    ...texts,
    resource: 'exceptions',
    target,
    permission: 'view_exceptions',
    follows: 'calendar',
    to: (row) => `/admin/exceptions/${encodeURIComponent(row.id)}`,
    add: {
      label: 'exceptions.add',
      permission: 'create_exceptions',
      to: (id) => `/admin/exceptions/create?${target}=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'exceptions.when', show: { kind: 'text', of: exceptionWhen } },
      { label: 'exceptions.hours', show: { kind: 'text', of: exceptionTime }, place: 'under' },
      { label: 'exceptions.kind', show: { kind: 'badge', of: exceptionLook }, place: 'aside' },
      { label: 'exceptions.note', show: { kind: 'long_text', of: (row) => row.note } },
    ],
  });

export const servicesOf = (target: 'staff_id' | 'resource_id' | 'branch_id', texts: Texts): Relation =>
  relation<ServiceView>({
    ...texts,
    resource: 'services',
    target,
    permission: 'view_services',
    follows: 'calendar',
    to: (row) => `/admin/services/${encodeURIComponent(row.id)}`,
    columns: [
      { label: 'kit.name', show: { kind: 'text', of: (row, { language }) => inLanguage(row.name, language) } },
      { label: 'services.category', show: { kind: 'text', of: (row) => row.category }, place: 'under' },
      {
        label: 'services.duration',
        show: { kind: 'text', of: (row, words) => lengthText(row.duration_minutes, words) },
      },
      {
        label: 'services.price',
        show: { kind: 'money', of: (row) => ({ cents: row.price_cents, currency: row.currency }) },
        place: 'end',
      },
    ],
  });

export const staffOf = (texts: Texts): Relation =>
  relation<StaffView>({
    ...texts,
    resource: 'staff',
    target: 'branch_id',
    permission: 'view_staff',
    follows: 'calendar',
    to: (row) => `/admin/staff/${encodeURIComponent(row.id)}`,
    add: {
      label: 'staff.create',
      permission: 'create_staff',
      to: (id) => `/admin/staff/create?branch_ids=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'kit.name', show: { kind: 'text', of: personName } },
      { label: 'staff.email', show: { kind: 'email', of: (row) => row.email }, place: 'under' },
      activeColumn,
    ],
  });

export const resourcesOf = (texts: Texts): Relation =>
  relation<ResourceView>({
    ...texts,
    resource: 'resources',
    target: 'branch_id',
    permission: 'view_resources',
    follows: 'calendar',
    to: (row) => `/admin/resources/${encodeURIComponent(row.id)}`,
    add: {
      label: 'resources.create',
      permission: 'create_resources',
      to: (id) => `/admin/resources/create?branch_id=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'kit.name', show: { kind: 'text', of: (row) => row.name } },
      {
        label: 'resources.type',
        show: { kind: 'text', of: (row, { t }) => t(`resources.type.${row.type}`) },
        place: 'under',
      },
      { label: 'resources.capacity', show: { kind: 'text', of: (row) => String(row.capacity) }, place: 'end' },
    ],
  });
