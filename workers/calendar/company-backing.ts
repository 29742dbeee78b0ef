/**
 * Companies as a resource: name, legal data and settings (who is trusted on the phone, how callers are greeted, where texts may go). Answers
 * hold the effective settings (rules/company.ts), also of a company that only a branch names; its first change stores them. Deleted while
 * branches refer to it, a company is archived: they are closed to bookings, and open again when it is restored. Loaded by companies.resource.ts.
 */
import type { z } from 'zod';
import type {
  companyChangeRequest,
  companyCreateRequest,
  CompanySettings,
  CompanyView,
} from '../../shared/contract/companies.ts';
import { companySettings, companyView } from '../../shared/contract/companies.ts';
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { asInstant } from '../../shared/clock.ts';
import { versionConflict } from '../../shared/errors.ts';
import { type CompanyText, companyEn } from '../../shared/i18n/company.en.ts';
import { companyDe } from '../../shared/i18n/company.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isoOrNull } from '../../shared/time.ts';
import { isPlainLine } from '../../shared/visible-text.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import { formatHead, type Head } from '../object-runtime/events.ts';
import type { Asked, Backing, ListQuery, VersionedView } from '../resources/backing.ts';
import type { Reached } from '../storage/queries/reach.ts';
import { removedItems, scheduleRow } from '../storage/queries/schedule-items.ts';
import { isItemReached } from '../tenancy/reached.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { actorRefOf, commandKeyOf } from './actor-ref.ts';
import type { PutSchedule } from './commands/inputs.ts';
import { companyBodySchema, type CompanyBody, type ScheduleItemOf, type ScheduleSnapshot } from './master-data.ts';
import {
  type CompanyChange,
  changeCompany,
  companyIds,
  effective,
  mainBranch,
  openCompanyIds,
  savedCompany,
  storedSettings,
} from './rules/company.ts';
import { ifConfirmed } from '../resources/if-confirmed.ts';

/** Loaded when a number or a country is written: the tables of all countries' numbers are large. */
const phone = lazy(() => import('../../shared/phone.ts'));

const TEXTS: Readonly<Record<Language, Readonly<Record<CompanyText, string>>>> = { de: companyDe, en: companyEn };
/** Times a change that named no version is decided again because another one came in between. */
const MAX_TRIES = 4;

const notFound = err({ code: 'NOT_FOUND', entity: 'company' } as const);

type SomeSettings = { [F in keyof CompanySettings]?: CompanySettings[F] | undefined };

/** What holds now; `saved` after a change, which the snapshot does not know yet. */
function shown(
  snapshot: ScheduleSnapshot,
  id: string,
  saved: ScheduleItemOf<'company'> | null = savedCompany(snapshot, id),
): CompanyView {
  const stored = saved === null ? storedSettings(snapshot, id) : { ...storedSettings(snapshot, id), ...saved.body };
  return toOutside(companyView, {
    id,
    version: saved?.version ?? 0,
    updatedAt: isoOrNull(saved?.updatedAt),
    branches: snapshot.branches.filter(({ body }) => body.companyId === id).length,
    ...effective(snapshot, id, stored),
  });
}

/** The requested change with numbers as E.164 and countries in order, and what of it can't be read, by field and index. */
async function readRequested(
  asked: SomeSettings,
  branch: ScheduleItemOf<'branch'> | null,
  texts: Readonly<Record<CompanyText, string>>,
): Promise<{ requested: Partial<CompanyBody>; errors: Record<string, string[]> }> {
  const errors: Record<string, string[]> = {};
  const requested: Partial<CompanyBody> = {};
  if (asked.name !== undefined) {
    requested.name = asked.name;
    if (!isPlainLine(asked.name)) errors['name'] = [texts.name_hidden];
  }
  const { name: _name, sms_countries: _countries, forwarding_numbers: _numbers, ...others } = asked;
  Object.assign(requested, toInside(companySettings.partial(), others as Partial<CompanySettings>));
  if (asked.sms_countries !== undefined) {
    const { isPhoneCountry } = await phone();
    const codes = asked.sms_countries.map((code) => code.toUpperCase());
    for (const [i, code] of codes.entries())
      if (!isPhoneCountry(code)) errors[`sms_countries.${i}`] = [texts.country_unknown];
    requested.smsCountries = [...new Set(codes)].sort();
  }
  if (asked.forwarding_numbers !== undefined) {
    const { readPhone } = await phone();
    const place = { country: branch?.body.country ?? 'DE', areaCode: branch?.body.areaCode };
    const numbers = new Set<string>();
    for (const [i, text] of asked.forwarding_numbers.entries()) {
      const { e164, extension } = readPhone(text, place);
      // The network shows a line, never what is dialled behind it.
      if (e164 === null || extension !== undefined) errors[`forwarding_numbers.${i}`] = [texts.number_unreadable];
      else numbers.add(e164);
    }
    requested.forwardingNumbers = [...numbers];
  }
  return { requested, errors };
}

/** What was requested over what is stored now; nothing is stored of a new one. Refusal: VALIDATION_ERROR per field. */
async function decidedChange(
  snapshot: ScheduleSnapshot,
  id: string,
  asked: SomeSettings,
  language: Language,
): Promise<Result<CompanyChange>> {
  const texts = TEXTS[language];
  const { requested, errors } = await readRequested(asked, mainBranch(snapshot, id), texts);
  const change = changeCompany(snapshot, id, requested);
  for (const field of change.refused) {
    const name = field === 'transcriptDays' ? 'transcript_days' : field;
    errors[name] = [texts[`practice_${name}`]];
  }
  return Object.keys(errors).length > 0 ? err({ code: 'VALIDATION_ERROR', errors }) : ok(change);
}

/** The change of what is stored now. Refusals: NOT_FOUND, VERSION_CONFLICT, VALIDATION_ERROR per field. */
async function changeOf(
  snapshot: ScheduleSnapshot,
  id: string,
  asked: SomeSettings,
  expected: number | null,
  language: Language,
): Promise<Result<CompanyChange>> {
  const refused = refusalOf(snapshot, id, expected);
  return refused ?? decidedChange(snapshot, id, asked, language);
}

const isCompanyReached = (id: string, reached: Reached): boolean =>
  isItemReached({ kind: 'company', id, body: {} }, reached);

/** Not there, or in another version than the caller has seen; null: go on. */
function refusalOf(snapshot: ScheduleSnapshot, id: string, expected: number | null): Result<never> | null {
  if (!companyIds(snapshot).includes(id)) return notFound;
  const current = savedCompany(snapshot, id)?.version ?? 0;
  return expected !== null && expected !== current ? err(versionConflict(expected, current)) : null;
}

const versioned = (view: CompanyView, head: Head, stranded?: number): Result<VersionedView<CompanyView>> =>
  ok({ view, version: view.version, head: formatHead(head), ...(stranded === undefined ? {} : { stranded }) });

/** The members that every command about a company carries. */
const about = (scope: TenantScope, key: string) => ({
  key,
  now: scope.now,
  actor: actorRefOf(scope.actor),
  kind: 'company' as const,
});

/** Stores a body; a company whose branches close asks about their appointments first. */
async function put(
  scope: TenantScope,
  snapshot: ScheduleSnapshot,
  asked: Asked,
  item: Pick<PutSchedule, 'key' | 'id' | 'body' | 'expectedVersion'> & Partial<Pick<PutSchedule, 'most'>>,
): Promise<Result<VersionedView<CompanyView>>> {
  const { key, ...more } = item;
  const { result, head } = await ifConfirmed(scope, asked, (confirmed) =>
    scope.calendar.putSchedule({ ...about(scope, key), ...confirmed, ...more }),
  );
  if (!result.ok) return result;
  const { item: saved, stranded } = result.value;
  return versioned(shown(snapshot, saved.id, saved as ScheduleItemOf<'company'>), head, stranded);
}

/** The companies of a list in its order: those in use, or those that were deleted and can be restored. */
async function listed(scope: TenantScope, snapshot: ScheduleSnapshot, query: ListQuery): Promise<CompanyView[]> {
  const open = new Set(openCompanyIds(snapshot));
  const present = companyIds(snapshot).filter((id) => open.has(id) !== (query.deleted === 'true'));
  const gone = query.deleted === 'true' ? await removedItems(scope.db, 'company') : [];
  const views = [
    ...present.map((id) => shown(snapshot, id)),
    ...gone
      .filter(({ id }) => !present.includes(id))
      .map(({ id, version, updatedAt, body }) =>
        shown(snapshot, id, {
          kind: 'company',
          id,
          version,
          updatedAt: asInstant(updatedAt),
          body: companyBodySchema.parse(JSON.parse(body)),
        }),
      ),
  ];
  const part = query['q'];
  const found =
    typeof part === 'string' ? views.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase())) : views;
  const by = (view: CompanyView): string => (query.sort?.endsWith('name') ? view.name : view.id);
  const ascending = found.sort((a, b) => (by(a) < by(b) || (by(a) === by(b) && a.id < b.id) ? -1 : 1));
  return query.sort?.startsWith('-') ? ascending.reverse() : ascending;
}

export const companyBacking: Omit<
  Required<Backing<CompanyView, z.output<typeof companyCreateRequest>, z.output<typeof companyChangeRequest>>>,
  'replace'
> = {
  kind: 'calendar',

  async page(scope, query) {
    const after = cursorOf(query.cursor, ['string']);
    if (!after.ok) return after;
    const { result, head } = await scope.calendar.schedule();
    if (!result.ok) return result;
    // Removed ones are in the projection only.
    if (query.deleted === 'true') await scope.caughtUp('calendar', formatHead(head));
    const reached = await scope.reached();
    const all = (await listed(scope, result.value, query)).filter(({ id }) => isCompanyReached(id, reached));
    const start = after.value === null ? 0 : all.findIndex(({ id }) => id === after.value?.[0]) + 1;
    const page = pageOf(all.slice(start, start + query.limit + 1), query.limit, ({ id }) => [id]);
    return ok({ data: page.shown, meta: page.meta, head: formatHead(head) });
  },

  async one(scope, id) {
    const { result, head } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const isThere = companyIds(result.value).includes(id) && isCompanyReached(id, await scope.reached());
    return isThere ? versioned(shown(result.value, id), head) : notFound;
  },

  async create(scope, input, asked) {
    const { result } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const snapshot = result.value;
    const id = newId('company', scope.now);
    const change = await decidedChange(snapshot, id, input, asked.language);
    if (!change.ok) return change;
    return put(scope, snapshot, asked, {
      key: commandKeyOf(scope.actor, asked.key, 'add.company', scope.now),
      id,
      body: change.value.body,
      expectedVersion: 0,
      most: await scope.limit('companies'),
    });
  },

  async change(scope, id, input, asked) {
    for (let tries = 1; ; tries++) {
      const { result, head } = await scope.calendar.schedule();
      if (!result.ok) return result;
      const snapshot = result.value;
      if (!isCompanyReached(id, await scope.reached())) return notFound;
      const change = await changeOf(snapshot, id, input, asked.expectedVersion, asked.language);
      if (!change.ok) return change;
      const now = shown(snapshot, id);
      if (Object.keys(change.value.after).length === 0) return versioned(now, head, 0);
      const done = await put(scope, snapshot, asked, {
        key: commandKeyOf(scope.actor, asked.key, `patch.company.${id}`, scope.now),
        id,
        body: change.value.body,
        expectedVersion: now.version,
      });
      const isLate = !done.ok && done.error.code === 'VERSION_CONFLICT';
      if (!isLate || asked.expectedVersion !== null || tries === MAX_TRIES) return done;
    }
  },

  async remove(scope, id, asked) {
    const { result } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const snapshot = result.value;
    const refused = refusalOf(snapshot, id, asked.expectedVersion);
    if (refused) return refused;
    const now = shown(snapshot, id);
    const open = openCompanyIds(snapshot);
    // Deleted once more is deleted.
    if (!open.includes(id)) return notFound;
    if (open.length === 1)
      return err({ code: 'VALIDATION_ERROR', errors: { id: [TEXTS[asked.language].last_company] } });
    const key = commandKeyOf(scope.actor, asked.key, `remove.company.${id}`, scope.now);
    if (now.branches > 0) {
      const body = { ...storedSettings(snapshot, id), archived: true };
      return put(scope, snapshot, asked, { key, id, body, expectedVersion: now.version });
    }
    const { result: removed, head } = await ifConfirmed(scope, asked, (confirmed) =>
      scope.calendar.removeScheduleItem({ ...about(scope, key), ...confirmed, id, expectedVersion: now.version }),
    );
    if (!removed.ok) return removed;
    return versioned(
      shown(snapshot, id, removed.value.item as ScheduleItemOf<'company'>),
      head,
      removed.value.stranded,
    );
  },

  async restore(scope, id, asked) {
    const { result, head } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const snapshot = result.value;
    const open = openCompanyIds(snapshot);
    if (open.includes(id)) return versioned(shown(snapshot, id), head, 0);
    const saved = savedCompany(snapshot, id);
    // The object names removed items to nobody; their bodies are in the projection.
    if (saved === null) await scope.caughtUp('calendar', formatHead(head));
    const row = saved === null ? await scheduleRow(scope.db, 'company', id) : null;
    const version = saved?.version ?? row?.version;
    if (version === undefined || (saved === null && row?.deletedAt == null)) return notFound;
    if (asked.expectedVersion !== null && asked.expectedVersion !== version)
      return err(versionConflict(asked.expectedVersion, version));
    return put(scope, snapshot, asked, {
      key: commandKeyOf(scope.actor, asked.key, `restore.company.${id}`, scope.now),
      id,
      body: { ...(saved?.body ?? JSON.parse(row?.body ?? '{}')), archived: false },
      expectedVersion: null,
      most: await scope.limit('companies'),
    });
  },
};
