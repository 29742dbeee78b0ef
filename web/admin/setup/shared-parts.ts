/** What the views of master data share: texts, tabs, whether something is in use, owners, lengths. */
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import type { Words } from '../admin-context.tsx';
import type { Column, Display, Fact, OwnerGroup, Section, Tab } from '../kit/view.ts';
import { branchReference, resourceReference, staffReference } from './references.ts';

/** What is said of a record of any noun. */
export const RECORD_TEXTS = {
  created: 'kit.created',
  saved: 'kit.saved',
  deleted: 'kit.deleted',
  restored: 'kit.restored',
  edit_title: 'kit.edit_title',
  no_match_hint: 'kit.no_match_hint',
} as const;

export const ALL_TAB: Tab = { name: 'all', label: 'kit.tab.all', filter: {} };
export const DELETED_TAB: Tab = { name: 'deleted', label: 'kit.tab.deleted', filter: { deleted: 'true' } };

/** Lists of what can be out of use. */
export const TABS: readonly Tab[] = [
  ALL_TAB,
  { name: 'inactive', label: 'kit.tab.inactive', filter: { active: 'false' } },
  DELETED_TAB,
];

export const activeState: Display<{ active: boolean }> = {
  kind: 'badge',
  of: ({ active }) =>
    active
      ? { look: { tone: 'success', icon: 'check' }, word: 'kit.active' }
      : { look: { tone: 'gray', icon: 'cross' }, word: 'kit.inactive' },
};

export const yesNo = <R>(of: (row: R) => boolean): Display<R> => ({
  kind: 'text',
  of: (row, { t }) => t(of(row) ? 'kit.yes' : 'kit.no'),
});

export const activeColumn: Column<{ active: boolean }> = { label: 'kit.state', show: activeState, place: 'aside' };
export const changedColumn: Column<{ updated_at: string }> = {
  label: 'kit.changed',
  show: { kind: 'instant', of: (row) => row.updated_at },
  sort: 'updated_at',
  isWide: true,
};

interface Kept {
  id: string;
  updated_at: string;
}

/** The folded section at the side of every record. */
export const technical = <R extends Kept>(...more: Fact<R>[]): Section<R> => ({
  kind: 'facts',
  title: 'kit.technical',
  isFolded: true,
  facts: [
    { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
    { label: 'kit.changed', show: { kind: 'instant', of: (row) => row.updated_at } },
    ...more,
  ],
});

/** Whose hours and exceptions are, in the order in which the narrowest comes first. */
export const OWNERS: readonly OwnerGroup[] = [
  { member: 'staff_id', label: 'nav.staff', to: staffReference },
  { member: 'resource_id', label: 'nav.resources', to: resourceReference },
  { member: 'branch_id', label: 'nav.branches', to: branchReference },
];

/** "45 Min.", "2 Std.", "1 Std. 30 Min." */
export function lengthText(minutes: number, { t }: Words): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('unit.count_minutes', { count: rest });
  if (rest === 0) return t('unit.count_hours', { hours });
  return t('unit.hours_minutes', { hours, minutes: rest });
}

/** What callers in our countries speak; another one that is stored already stays. */
export const SPOKEN = [...LANGUAGES, 'fr', 'it', 'es', 'tr', 'pl', 'uk', 'ru', 'ar'];
