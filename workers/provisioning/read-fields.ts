/** What people type of agents and numbers, read with the place of their branch. Called by commands. */
import { readPhone } from '../../shared/phone.ts';
import type { ScheduleItemOf, ScheduleSnapshot } from '../calendar/master-data.ts';

type BranchItem = ScheduleItemOf<'branch'>;

export const branchIn = (snapshot: ScheduleSnapshot | null, id: string): BranchItem | null =>
  snapshot?.branches.find((branch) => branch.id === id) ?? null;

/** E.164 of a number in any spelling; null: it can't be read, or has something to dial behind it, which no network carries. */
export function e164Of(text: string, branch: BranchItem): string | null {
  const { e164, extension } = readPhone(text, { country: branch.body.country, areaCode: branch.body.areaCode });
  return extension === undefined ? e164 : null;
}
