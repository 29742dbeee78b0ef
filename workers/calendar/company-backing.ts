/**
 * HTTP of a company's settings: who is trusted on the phone, how callers are greeted, where texts may go. Answers hold the effective
 * settings (company.ts), also where none are stored; the first change stores them. Mounted through routes.ts.
 */
import { versionConflict } from '../../shared/errors.ts';
import { createRoute } from '@hono/zod-openapi';
import {
  companyChangeRequest,
  companyListQuery,
  companyListResponse,
  companyParams,
  companyResponse,
  type CompanySettings,
  type CompanyView,
  companyView,
} from '../../shared/contract/companies.ts';
import { toOutside } from '../../shared/contract/mapper.ts';
import { type CompanyText, companyEn } from '../../shared/i18n/company.en.ts';
import { companyDe } from '../../shared/i18n/company.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { toIso } from '../../shared/time.ts';
import { isPlainLine } from '../../shared/visible-text.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { idempotent } from '../http/idempotency.ts';
import { pageById } from '../http/list.ts';
import { requirePermission } from '../http/permission.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import {
  type CompanyChange,
  changeCompany,
  companyIds,
  effective,
  mainBranch,
  savedCompany,
  storedSettings,
} from './rules/company.ts';
import { actorRefOf } from './actor-ref.ts';
import { callerOf, commandKey, outcome } from './edge-routes.ts';
import type { CompanyBody, ScheduleItemOf, ScheduleSnapshot } from './master-data.ts';

export const companyRoutes = createRoutes();

/** Loaded when a number or a country is written: the tables of all countries' numbers are large. */
const phone = lazy(() => import('../../shared/phone.ts'));

const TEXTS: Readonly<Record<Language, Readonly<Record<CompanyText, string>>>> = { de: companyDe, en: companyEn };
/** Times a change that named no version is decided again because another one came in between. */
const MAX_TRIES = 4;

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
    updatedAt: saved === null ? null : toIso(saved.updatedAt),
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
  if (!companyIds(snapshot).includes(id)) return err({ code: 'NOT_FOUND', entity: 'company' });
  const current = savedCompany(snapshot, id)?.version ?? 0;
  if (expected !== null && expected !== current) return err(versionConflict(expected, current));
  const texts = TEXTS[language];
  const { requested, errors } = await readRequested(asked, mainBranch(snapshot, id), texts);
  const change = changeCompany(snapshot, id, requested);
  for (const field of change.refused) errors[field] = [texts[`practice_${field}`]];
  return Object.keys(errors).length > 0 ? err({ code: 'VALIDATION_ERROR', errors }) : ok(change);
}

const tags = ['master data'];

companyRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/companies',
    tags,
    summary: 'Settings of all companies',
    ...guarded('view_companies'),
    request: { query: companyListQuery },
    responses: { 200: jsonAnswer(companyListResponse, 'a page'), ...guardErrors() },
  }),
  async (c) => {
    const read = await c.get('scope').calendar.schedule();
    const snapshot = read.result;
    const listed = snapshot.ok
      ? pageById(
          companyIds(snapshot.value).map((id) => shown(snapshot.value, id)),
          c.req.valid('query'),
        )
      : snapshot;
    return answer(c, { ...outcome(read), result: listed }, ({ shown: data, meta }) => ({ success: true, data, meta }));
  },
);

companyRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/companies/{id}',
    tags,
    summary: 'Settings of a company, as they hold',
    ...guarded('view_companies'),
    request: { params: companyParams },
    responses: { 200: jsonAnswer(companyResponse, 'the settings'), ...guardErrors() },
  }),
  async (c) => {
    const read = await c.get('scope').calendar.schedule();
    const { id } = c.req.valid('param');
    const known = read.result.ok && companyIds(read.result.value).includes(id);
    const result: Result<CompanyView> = !read.result.ok
      ? read.result
      : known
        ? ok(shown(read.result.value, id))
        : err({ code: 'NOT_FOUND', entity: 'company' });
    return answer(c, { ...outcome(read), result, version: result.ok ? result.value.version : undefined }, (data) => ({
      success: true,
      data,
    }));
  },
);

companyRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/api/v1/companies/{id}',
    tags,
    summary: 'Changes settings of a company; the first change saves them',
    ...guarded('edit_companies'),
    // The command is made from what is stored now, so it can't recognise a repeat: the first answer is stored.
    middleware: [requirePermission('edit_companies'), idempotent] as const,
    request: { params: companyParams, body: jsonBody(companyChangeRequest) },
    responses: {
      200: jsonAnswer(companyResponse, 'the settings as they hold now'),
      ...guardErrors(),
      ...errorResponses('VERSION_CONFLICT', 'IDEMPOTENCY_MISMATCH', 'REQUEST_IN_PROGRESS'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const { id } = c.req.valid('param');
    const { expected_version, ...asked } = c.req.valid('json');
    const expected = expected_version ?? presentedVersion(c);
    for (let tries = 1; ; tries++) {
      const read = await scope.calendar.schedule();
      if (!read.result.ok) return answer(c, { ...outcome(read), result: read.result }, () => ({}) as never);
      const snapshot = read.result.value;
      const change = await changeOf(snapshot, id, asked, expected, c.get('language'));
      if (!change.ok) return answer(c, { ...outcome(read), result: change }, () => ({}) as never);
      const now = shown(snapshot, id);
      if (Object.keys(change.value.after).length === 0)
        return answer(c, { ...outcome(read), result: ok(now), version: now.version }, (data) => ({
          success: true,
          data,
        }));
      const put = await scope.calendar.putSchedule({
        key: commandKey(c, `patch.company.${id}`),
        now: c.get('now'),
        actor: actorRefOf(callerOf(c)),
        kind: 'company',
        id,
        body: change.value.body,
        expectedVersion: now.version,
      });
      const overtaken = !put.result.ok && put.result.error.code === 'VERSION_CONFLICT';
      if (overtaken && expected === null && tries < MAX_TRIES) continue;
      const result = put.result.ok
        ? ok(shown(snapshot, id, put.result.value.item as ScheduleItemOf<'company'>))
        : put.result;
      return answer(c, { ...outcome(put), result, version: result.ok ? result.value.version : undefined }, (data) => ({
        success: true,
        data,
      }));
    }
  },
);
