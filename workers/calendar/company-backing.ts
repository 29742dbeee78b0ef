/**
 * A company's settings as a resource: who is trusted on the phone, how callers are greeted, where texts may go. Answers hold the effective
 * settings (rules/company.ts), also where none are stored; the first change stores them. Called by companies.resource.ts.
 */
import type { z } from 'zod';
import type { companyChangeRequest, CompanySettings, CompanyView } from '../../shared/contract/companies.ts';
import { companyView } from '../../shared/contract/companies.ts';
import { toOutside } from '../../shared/contract/mapper.ts';
import { versionConflict } from '../../shared/errors.ts';
import { type CompanyText, companyEn } from '../../shared/i18n/company.en.ts';
import { companyDe } from '../../shared/i18n/company.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isoOrNull } from '../../shared/time.ts';
import { isPlainLine } from '../../shared/visible-text.ts';
import { pageById } from '../http/list.ts';
import { formatHead, type Head } from '../object-runtime/events.ts';
import type { Backing, VersionedView } from '../resources/backing.ts';
import { actorRefOf, commandKeyOf } from './actor-ref.ts';
import type { CompanyBody, ScheduleItemOf, ScheduleSnapshot } from './master-data.ts';
import {
  type CompanyChange,
  changeCompany,
  companyIds,
  effective,
  mainBranch,
  savedCompany,
  storedSettings,
} from './rules/company.ts';

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
  const body = effective(snapshot, saved?.body ?? storedSettings(snapshot, id));
  return toOutside(companyView, {
    id,
    version: saved?.version ?? 0,
    updatedAt: isoOrNull(saved?.updatedAt),
    ...body,
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
  if (asked.identity !== undefined) requested.identity = asked.identity;
  if (asked.greeting !== undefined) requested.greeting = asked.greeting;
  if (asked.practice_mode !== undefined) requested.practiceMode = asked.practice_mode;
  if (asked.transcript_days !== undefined) requested.transcriptDays = asked.transcript_days;
  if (asked.message_days !== undefined) requested.messageDays = asked.message_days;
  if (asked.webhook_days !== undefined) requested.webhookDays = asked.webhook_days;
  if (asked.activity_days !== undefined) requested.activityDays = asked.activity_days;
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

/** The change of what is stored now. Refusals: NOT_FOUND, VERSION_CONFLICT, VALIDATION_ERROR per field. */
async function changeOf(
  snapshot: ScheduleSnapshot,
  id: string,
  asked: Parameters<typeof readRequested>[0],
  expected: number | null,
  language: Language,
): Promise<Result<CompanyChange>> {
  if (!companyIds(snapshot).includes(id)) return notFound;
  const current = savedCompany(snapshot, id)?.version ?? 0;
  if (expected !== null && expected !== current) return err(versionConflict(expected, current));
  const texts = TEXTS[language];
  const { requested, errors } = await readRequested(asked, mainBranch(snapshot, id), texts);
  const change = changeCompany(snapshot, id, requested);
  for (const field of change.refused) {
    const name = field === 'transcriptDays' ? 'transcript_days' : field;
    errors[name] = [texts[`practice_${name}`]];
  }
  return Object.keys(errors).length > 0 ? err({ code: 'VALIDATION_ERROR', errors }) : ok(change);
}

const versioned = (view: CompanyView, head: Head): Result<VersionedView<CompanyView>> =>
  ok({ view, version: view.version, head: formatHead(head) });

export const companyBacking: Pick<
  Required<Backing<CompanyView, never, z.output<typeof companyChangeRequest>>>,
  'kind' | 'page' | 'one' | 'change'
> = {
  kind: 'calendar',

  async page(scope, { cursor, limit }) {
    const { result, head } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const snapshot = result.value;
    const page = pageById(
      companyIds(snapshot).map((id) => shown(snapshot, id)),
      { cursor, limit },
    );
    return page.ok ? ok({ data: page.value.shown, meta: page.value.meta, head: formatHead(head) }) : page;
  },

  async one(scope, id) {
    const { result, head } = await scope.calendar.schedule();
    if (!result.ok) return result;
    return companyIds(result.value).includes(id) ? versioned(shown(result.value, id), head) : notFound;
  },

  async change(scope, id, input, asked) {
    for (let tries = 1; ; tries++) {
      const { result, head } = await scope.calendar.schedule();
      if (!result.ok) return result;
      const snapshot = result.value;
      const change = await changeOf(snapshot, id, input, asked.expectedVersion, asked.language);
      if (!change.ok) return change;
      const now = shown(snapshot, id);
      if (Object.keys(change.value.after).length === 0) return versioned(now, head);
      const put = await scope.calendar.putSchedule({
        key: commandKeyOf(scope.actor, asked.key, `patch.company.${id}`, scope.now),
        now: scope.now,
        actor: actorRefOf(scope.actor),
        kind: 'company',
        id,
        body: change.value.body,
        expectedVersion: now.version,
      });
      if (put.result.ok)
        return versioned(shown(snapshot, id, put.result.value.item as ScheduleItemOf<'company'>), put.head);
      const overtaken = put.result.error.code === 'VERSION_CONFLICT';
      if (!overtaken || asked.expectedVersion !== null || tries === MAX_TRIES) return put.result;
    }
  },
};
