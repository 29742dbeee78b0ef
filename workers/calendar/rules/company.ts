/**
 * The rule of a company's settings: the defaults where nothing is stored, and what practice mode overrides. Read by the
 * company's routes and by telephony, so that both see one answer.
 */
import { PRACTICE_TRANSCRIPT_DAYS } from '../../../shared/retention.ts';
import { type CompanyBody, type ScheduleItemOf, type ScheduleSnapshot, companyBodySchema } from '../master-data.ts';

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

/** Companies that are in use: what was deleted while branches refer to it is left out. */
export const openCompanyIds = (snapshot: ScheduleSnapshot): string[] =>
  companyIds(snapshot).filter((id) => !isArchived(snapshot, id));

const isArchived = (snapshot: ScheduleSnapshot, companyId: string): boolean =>
  savedCompany(snapshot, companyId)?.body.archived === true;

/** Branches that are open to customers: in use themselves, and of a company that is. */
export const openBranches = (snapshot: ScheduleSnapshot): ScheduleItemOf<'branch'>[] =>
  snapshot.branches.filter(({ body }) => body.active && !isArchived(snapshot, body.companyId));

/** The branch that represents a company: its main one, else an active one. */
export function mainBranch(snapshot: ScheduleSnapshot, companyId: string): ScheduleItemOf<'branch'> | null {
  const own = snapshot.branches.filter((branch) => branch.body.companyId === companyId);
  return own.find((branch) => branch.body.main) ?? own.find((branch) => branch.body.active) ?? own[0] ?? null;
}

/** What is stored, else the defaults under the main branch's name; countries in order. A change starts from here. */
export function storedSettings(snapshot: ScheduleSnapshot, companyId: string): CompanyBody {
  const stored = {
    ...DEFAULTS,
    name: mainBranch(snapshot, companyId)?.body.name ?? '',
    // What was saved before there was a field has its default.
    ...savedCompany(snapshot, companyId)?.body,
  };
  return { ...stored, smsCountries: [...stored.smsCountries].sort() };
}
const DEFAULTS = companyBodySchema.parse({ name: '-' });

/** Switched on, or every service that it offers has a neutral name: hiding all names outside makes it a practice. */
function inPracticeMode(snapshot: ScheduleSnapshot, companyId: string, stored: CompanyBody): boolean {
  if (stored.practiceMode) return true;
  const offered = snapshot.services.filter(({ body }) => body.active && body.companyId === companyId);
  return offered.length > 0 && offered.every((service) => service.body.neutralName !== null);
}

/**
 * Practice mode fixes `strict`, keeps transcripts for a month at most and no recordings; and `strict` greets without a name, because a name spoken first would
 * be disclosed to an unverified caller.
 */
export function effective(snapshot: ScheduleSnapshot, companyId: string, stored: CompanyBody): CompanySettings {
  const practiceMode = inPracticeMode(snapshot, companyId, stored);
  const identity = practiceMode ? 'strict' : stored.identity;
  return {
    ...stored,
    practiceMode,
    identity,
    greeting: identity === 'strict' ? 'none' : stored.greeting,
    // What is said in a practice is never recorded.
    recordingDays: practiceMode ? 0 : stored.recordingDays,
    transcriptDays: practiceMode ? Math.min(stored.transcriptDays, PRACTICE_TRANSCRIPT_DAYS) : stored.transcriptDays,
  };
}

/** Settings of a company; an unknown one has the defaults and no name. */
export const companySettings = (snapshot: ScheduleSnapshot, companyId: string): CompanySettings =>
  effective(snapshot, companyId, storedSettings(snapshot, companyId));

export interface CompanyChange {
  /** the whole body as it would be stored */
  body: CompanyBody;
  /** the fields that change, as they were and as they will be; both empty when nothing does */
  before: Partial<CompanyBody>;
  after: Partial<CompanyBody>;
  /** fields that practice mode does not allow: refused by name, not overruled in silence */
  refused: ('identity' | 'greeting' | 'transcriptDays')[];
}

/** A requested change merged into what is stored. Practice mode is judged as it would be afterwards, so that one change may leave it. */
export function changeCompany(
  snapshot: ScheduleSnapshot,
  companyId: string,
  requested: Partial<CompanyBody>,
): CompanyChange {
  const stored = storedSettings(snapshot, companyId);
  const body = { ...stored, ...requested };
  const differs = (field: string): boolean =>
    JSON.stringify(stored[field as keyof CompanyBody]) !== JSON.stringify(body[field as keyof CompanyBody]);
  const only = (of: CompanyBody): Partial<CompanyBody> =>
    Object.fromEntries(Object.entries(of).filter(([field]) => differs(field)));
  const refused: CompanyChange['refused'] = [];
  if (inPracticeMode(snapshot, companyId, body)) {
    if (requested.identity === 'standard') refused.push('identity');
    if (requested.greeting !== undefined && requested.greeting !== 'none') refused.push('greeting');
    if (requested.transcriptDays !== undefined && requested.transcriptDays > PRACTICE_TRANSCRIPT_DAYS)
      refused.push('transcriptDays');
  }
  return { body, before: only(stored), after: only(body), refused };
}
