/** Requests for absence as a resource: asked by the staff, decided by who leads. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  absenceParams,
  absenceRequestQuery,
  absenceRequestView,
  absenceResponse,
  type AbsenceRequestView,
  type AskAbsence,
  askAbsenceRequest,
  grantAbsenceRequest,
  grantedResponse,
  refuseAbsenceRequest,
} from '../../../shared/contract/absences.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { answer } from '../../http/answer.ts';
import { guardedOnce, onceErrors } from '../../http/idempotency.ts';
import { createRoutes } from '../../http/module-routes.ts';
import { guardErrors, jsonAnswer, jsonBody } from '../../http/schema.ts';
import { d1Reading } from '../../resources/d1-backing.ts';
import { defineResource } from '../../resources/define.ts';
import { absenceList, absencesOf, type AbsenceRow } from '../../storage/queries/absence-requests.ts';
import type { absenceRequests } from '../../storage/tables/absences.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { askAbsence } from './ask-absence.ts';
import { isVisible, NO_REQUEST, viewsOfAbsences, peopleReached } from './parts.ts';
import { grantAbsence, refuseAbsence, withdrawAbsence } from './settle-absence.ts';

const PATH = '/api/v1/absence-requests';
const tags = ['master data'];

async function seen(scope: TenantScope, result: Result<AbsenceRow>): Promise<Result<AbsenceRequestView>> {
  if (!result.ok) return result;
  const [view] = await viewsOfAbsences(scope, [result.value]);
  return view === undefined ? NO_REQUEST : ok(view);
}

const reading = d1Reading<typeof absenceRequests, AbsenceRequestView, AbsenceRequestView>({
  noun: 'absence_request',
  source: absenceList,
  only: async (scope) => {
    const people = await peopleReached(scope);
    return people === null ? undefined : absencesOf(people);
  },
  views: viewsOfAbsences,
});

const absenceRequestsResource = defineResource({
  noun: 'absence_request',
  path: PATH,
  collection: 'master data',
  words: { one: 'a request for absence', many: 'requests for absence', listed: 'newest first; of staff their own' },
  permissions: { view: 'view_absence_requests', create: 'create_absence_requests' },
  contract: { item: absenceRequestView, query: absenceRequestQuery, create: askAbsenceRequest },
  backing: {
    ...reading,
    async one(scope, id, asked) {
      const found = await reading.one(scope, id, asked);
      return found.ok && !(await isVisible(scope, { staffId: found.value.view.staff_id })) ? NO_REQUEST : found;
    },
    async create(scope: TenantScope, input: AskAbsence) {
      const made = await seen(scope, await askAbsence(scope, input));
      return made.ok ? ok({ view: made.value }) : made;
    },
  },
});

export const absenceRoutes = createRoutes();
absenceRoutes.route('/', absenceRequestsResource.routes);

absenceRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/{id}/grant`,
    tags,
    summary: 'Grant a request for absence: the absence is entered, appointments in that time are asked about first',
    ...guardedOnce('edit_absence_requests'),
    request: { params: absenceParams, body: jsonBody(grantAbsenceRequest) },
    responses: {
      200: jsonAnswer(grantedResponse, 'the request, and how many appointments lost their place'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION', 'WOULD_STRAND'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const { reason, confirm = false, confirm_token: confirmToken = null } = c.req.valid('json');
    const granted = await grantAbsence(scope, { ...c.req.valid('param'), reason, confirm, confirmToken });
    const view = granted.ok ? await seen(scope, ok(granted.value.row)) : granted;
    const stranded = granted.ok ? granted.value.stranded : 0;
    return answer(c, { result: view }, (data) => ({ success: true, data, stranded }));
  },
);

absenceRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/{id}/refuse`,
    tags,
    summary: 'Refuse a request for absence, with the reason that who asked is told',
    ...guardedOnce('edit_absence_requests'),
    request: { params: absenceParams, body: jsonBody(refuseAbsenceRequest) },
    responses: {
      200: jsonAnswer(absenceResponse, 'the request'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const refused = await refuseAbsence(scope, { ...c.req.valid('param'), ...c.req.valid('json') });
    return answer(c, { result: await seen(scope, refused) }, (data) => ({ success: true, data }));
  },
);

absenceRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/{id}/withdraw`,
    tags,
    summary: 'Take a request for absence back before it was decided',
    ...guardedOnce('create_absence_requests'),
    request: { params: absenceParams },
    responses: {
      200: jsonAnswer(absenceResponse, 'the request'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const result = await seen(scope, await withdrawAbsence(scope, c.req.valid('param')));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
