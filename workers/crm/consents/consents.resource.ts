/** Consents of customers as a resource: listed, shown and added to, never changed or deleted. Mounted by office-app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  type Consent,
  type ConsentFields,
  consent,
  consentFields,
  consentQuery,
  consentStanding,
} from '../../../shared/contract/consents.ts';
import { idParam, listOf } from '../../../shared/contract/parts.ts';
import { lazy } from '../../../shared/lazy.ts';
import { err, ok } from '../../../shared/result.ts';
import { answer } from '../../http/answer.ts';
import { WHOLE_LIST } from '../../http/list.ts';
import { createRoutes } from '../../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer } from '../../http/schema.ts';
import { defineResource } from '../../resources/define.ts';
import { lazyReading } from '../../resources/lazy-backing.ts';
import { consentList } from '../../storage/queries/consents.ts';
import { ofCustomersReached } from '../../storage/queries/reach.ts';
import type { consents } from '../../storage/tables/crm.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { standingConsents, viewsOfConsents } from './queries/consents.ts';

const recording = lazy(() => import('./commands/record-consent.ts'));

const reading = lazyReading<typeof consents, Consent, Consent>({
  noun: 'consent',
  source: consentList,
  only: async (scope) => ofCustomersReached('consents', await scope.reached(), scope.now),
  views: viewsOfConsents,
});

export const consentsResource = defineResource({
  noun: 'consent',
  path: '/api/v1/consents',
  collection: 'customers',
  words: { one: 'a consent', many: 'consents of customers', listed: 'newest first' },
  permissions: { view: 'view_consents', create: 'create_consents' },
  contract: { item: consent, query: consentQuery, create: consentFields },
  backing: {
    ...reading,
    async create(scope: TenantScope, input: ConsentFields) {
      const { recordConsent } = await recording();
      const made = await recordConsent(scope, {
        customerId: input.customer_id,
        purpose: input.purpose,
        channel: input.channel,
        state: input.state,
        way: input.way,
        textVersion: input.text_version ?? null,
        at: input.at ?? null,
        proof: input.proof ?? null,
      });
      if (!made.ok) return made;
      const [view] = await viewsOfConsents(scope, [made.value]);
      return view === undefined ? err({ code: 'NOT_FOUND', entity: 'consent' }) : ok({ view });
    },
  },
});

export const consentRoutes = createRoutes();
consentRoutes.route('/', consentsResource.routes);

consentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/customers/{id}/consents',
    tags: ['customers'],
    summary: 'What a customer agrees to now: each purpose on each channel',
    ...guarded('view_consents'),
    request: { params: z.object({ id: idParam('customer') }) },
    responses: { 200: jsonAnswer(listOf(consentStanding), 'what counts'), ...guardErrors() },
  }),
  async (c) => {
    const result = await standingConsents(c.get('scope'), c.req.valid('param').id);
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);
