/**
 * The rule of a company's settings: what holds where nobody saved anything, and what practice mode makes of the rest. Read by the
 * company's routes and by telephony, so that both see one answer.
 */
import { type CompanyBody, companyBodySchema, type ScheduleItemOf, type ScheduleSnapshot } from './types.ts';

/** What holds for a call or a page: defaults and practice mode applied. The stored body may be less strict. */
export type CompanySettings = CompanyBody;

/** Companies that are saved or that a branch names, in the order of their ids. */
export const companyIds = (snapshot: ScheduleSnapshot): string[] =>
  [
    ...new Set([
      ...snapshot.companies.map((item) => item.id),
      ...snapshot.branches.map((branch) => branch.body.companyId),
    ]),
  ].sort();

export const savedCompany = (snapshot: ScheduleSnapshot, companyId: string): ScheduleItemOf<'company'> | null =>
  snapshot.companies.find((item) => item.id === companyId) ?? null;

/** The branch that speaks for a company: its main one, else an active one. */
export function mainBranch(snapshot: ScheduleSnapshot, companyId: string): ScheduleItemOf<'branch'> | null {
  const own = snapshot.branches.filter((branch) => branch.body.companyId === companyId);
  return own.find((branch) => branch.body.main) ?? own.find((branch) => branch.body.active) ?? own[0] ?? null;
}

/** What is stored, else the defaults under the main branch's name. A change starts from here. */
export const storedSettings = (snapshot: ScheduleSnapshot, companyId: string): CompanyBody =>
  savedCompany(snapshot, companyId)?.body ?? { ...DEFAULTS, name: mainBranch(snapshot, companyId)?.body.name ?? '' };
const DEFAULTS = companyBodySchema.parse({ name: '-' });

/** Switched on, or every service that is offered has a neutral name: whoever hides all names outside is a practice. */
function inPracticeMode(snapshot: ScheduleSnapshot, stored: CompanyBody): boolean {
  if (stored.practiceMode) return true;
  const offered = snapshot.services.filter((service) => service.body.active);
  return offered.length > 0 && offered.every((service) => service.body.neutralName !== null);
}

/** Practice mode fixes `strict`; and `strict` greets without a name, because a name spoken first would be read out to a stranger. */
export function effective(snapshot: ScheduleSnapshot, stored: CompanyBody): CompanySettings {
  const practiceMode = inPracticeMode(snapshot, stored);
  const identity = practiceMode ? 'strict' : stored.identity;
  return { ...stored, practiceMode, identity, greeting: identity === 'strict' ? 'none' : stored.greeting };
}

/** Settings of a company; one that nobody knows has the defaults and no name. */
export const companySettings = (snapshot: ScheduleSnapshot, companyId: string): CompanySettings =>
  effective(snapshot, storedSettings(snapshot, companyId));

/** Fields that a change wants otherwise than practice mode allows: to be refused by name, not overruled in silence. */
export function againstPractice(
  snapshot: ScheduleSnapshot,
  changed: CompanyBody,
  wish: Partial<CompanyBody>,
): ('identity' | 'greeting')[] {
  if (!inPracticeMode(snapshot, changed)) return [];
  const wrong: ('identity' | 'greeting')[] = [];
  if (wish.identity !== undefined && wish.identity !== 'strict') wrong.push('identity');
  if (wish.greeting !== undefined && wish.greeting !== 'none') wrong.push('greeting');
  return wrong;
}
