/** What an exception from working hours is called: its kind with a look, its days, its time, its owner. Called by its view and relations. */
import type { ExceptionView } from '../../../shared/contract/hours.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { wallDateRange } from '../../ui/format.ts';
import type { Words } from '../admin-context.tsx';
import type { Key, Names } from '../kit/view.ts';
import { OWNERS } from './shared-parts.ts';

export type ExceptionKind = ExceptionView['kind'];

const LOOK: Readonly<Record<ExceptionKind, StatusLook>> = {
  vacation: { tone: 'info', icon: 'sun' },
  sick: { tone: 'warning', icon: 'warning' },
  absence: { tone: 'gray', icon: 'absent' },
  closure: { tone: 'danger', icon: 'cross' },
  public_holiday: { tone: 'primary', icon: 'star' },
  extra_shift: { tone: 'success', icon: 'plus' },
};

export const exceptionLook = (row: Pick<ExceptionView, 'kind'>): { look: StatusLook; word: Key } => ({
  look: LOOK[row.kind],
  word: `exceptions.kind.${row.kind}`,
});

export const exceptionWhen = (row: Pick<ExceptionView, 'from_date' | 'to_date'>, { language }: Words): string =>
  wallDateRange(row.from_date, row.to_date, language);

export const exceptionTime = (row: Pick<ExceptionView, 'from_time' | 'to_time'>, { t }: Words): string =>
  row.from_time === null || row.to_time === null
    ? t('exceptions.whole_day')
    : t('exceptions.span', { from: row.from_time, to: row.to_time });

type Owned = { staff_id: string | null; resource_id: string | null; branch_id: string | null };

/** The name of whose it is; nobody's is the whole company's. */
export function ownerName(row: Owned, { t }: Words, names: Names): string {
  for (const { member, to } of OWNERS) {
    const id = row[member as keyof Owned];
    if (id !== null) return names(to, id) ?? '…';
  }
  return t('exceptions.company');
}
