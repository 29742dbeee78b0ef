/** HTTP of tenants: the resource, making and changing one, its state, its VAT id, its host names. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  addDomainRequest,
  changeTenantRequest,
  companyCommissionParams,
  companyCommissionRequest,
  companyCommissionResponse,
  companyCommissionsResponse,
  createTenantRequest,
  domainListResponse,
  domainParams,
  domainResponse,
  removedDomainResponse,
  tenantParams,
  tenantResponse,
  tenantUseResponse,
  tenantVerbParams,
  tenantVerbRequest,
  type TenantView,
} from '../../shared/contract/tenants.ts';
import { contractsResponse } from '../../shared/contract/legal.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { answer, etagOf, presentedVersion } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { type AppEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { tenantSupportRoutes } from './support-routes.ts';
import { tenantsResource } from './tenants.resource.ts';
import { transferRoutes } from './transfer-routes.ts';

const commands = lazy(() => import('./tenant-commands.ts'));

const TENANTS = '/api/v1/tenants';
const DOMAINS = `${TENANTS}/{id}/domains`;
const tags = ['tenants'];

export const tenantRoutes = createRoutes();
tenantRoutes.route('/', tenantsResource.routes);
// Before `/{id}/{verb}`, whose pattern fits theirs.
tenantRoutes.route('/', tenantSupportRoutes);
tenantRoutes.route('/', transferRoutes);

/** The tenant as it is shown, with its version as ETag. */
async function shown(c: Context<AppEnv>, made: Result<TenantRecord>): Promise<Result<TenantView>> {
  if (!made.ok) return err(made.error);
  c.header('ETag', etagOf(made.value.version));
  return ok(await (await commands()).viewOf(c.get('scope').db, made.value));
}

tenantRoutes.openapi(
  createRoute({
    method: 'post',
    path: TENANTS,
    tags,
    summary: 'Create a tenant with ledger, trial and invitation of its owner; its key repeated means the same tenant',
    ...guardedOnce('create_tenants'),
    request: { body: jsonBody(createTenantRequest) },
    responses: {
      201: jsonAnswer(tenantResponse, 'the tenant'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED', 'LIMIT_REACHED'),
    },
  }),
  async (c) => {
    const { createTenant, tenantIdOf } = await commands();
    const scope = c.get('scope');
    const made = await createTenant(c.get('platform'), scope, {
      ...c.req.valid('json'),
      id: tenantIdOf(scope, c.get('idempotencyKey')),
      answerIn: c.get('language'),
    });
    const result = await shown(c, made.ok ? ok(made.value.tenant) : made);
    return answer(c, { result }, (data) => ({ success: true, data }), 201);
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'patch',
    path: `${TENANTS}/{id}`,
    tags,
    summary: 'Change a tenant; `If-Match` protects against overwriting somebody else’s change',
    ...guardedOnce('edit_tenants'),
    request: { params: tenantParams, body: jsonBody(changeTenantRequest) },
    responses: {
      200: jsonAnswer(tenantResponse, 'the tenant'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED', 'VERSION_CONFLICT', 'LIMIT_REACHED'),
    },
  }),
  async (c) => {
    const { changeTenant } = await commands();
    const changed = await changeTenant(c.get('platform'), c.get('scope'), {
      id: c.req.valid('param').id,
      change: c.req.valid('json'),
      expectedVersion: presentedVersion(c),
      answerIn: c.get('language'),
    });
    return answer(c, { result: await shown(c, changed) }, (data) => ({ success: true, data }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${TENANTS}/{id}/vat-check`,
    tags,
    summary: 'Ask the register of the EU about the VAT id once more',
    ...guardedOnce('edit_tenants'),
    request: { params: tenantParams },
    responses: {
      200: jsonAnswer(tenantResponse, 'the tenant with the answer'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED', 'VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const { checkVat } = await commands();
    const checked = await checkVat(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result: await shown(c, checked) }, (data) => ({ success: true, data }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${TENANTS}/{id}/limits`,
    tags,
    summary: 'How much of everything that is limited a tenant has, and how much it may have',
    ...guarded('view_tenants'),
    request: { params: tenantParams },
    responses: { 200: jsonAnswer(tenantUseResponse, 'its limits'), ...guardErrors() },
  }),
  async (c) => {
    const { useOfTenant } = await commands();
    const result = await useOfTenant(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (uses) => ({ success: true, ...uses }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${TENANTS}/{id}/contracts`,
    tags,
    summary: 'What a tenant agreed to: which version, who, when; and what it is asked for',
    ...guarded('view_tenants'),
    request: { params: tenantParams },
    responses: { 200: jsonAnswer(contractsResponse, 'its contracts'), ...guardErrors() },
  }),
  async (c) => {
    const { contractsOfTenant } = await commands();
    const result = await contractsOfTenant(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'get',
    path: DOMAINS,
    tags,
    summary: 'Host names of a tenant, all of them, by name',
    ...guarded('view_domains'),
    request: { params: tenantParams },
    responses: { 200: jsonAnswer(domainListResponse, 'its host names'), ...guardErrors() },
  }),
  async (c) => {
    const { listDomains } = await commands();
    const result = await listDomains(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'post',
    path: DOMAINS,
    tags,
    summary: 'Claim a host name; it serves nothing before its TXT record proves whose it is',
    ...guardedOnce('create_domains'),
    request: { params: tenantParams, body: jsonBody(addDomainRequest) },
    responses: {
      201: jsonAnswer(domainResponse, 'the name with the record to write'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED', 'LIMIT_REACHED'),
    },
  }),
  async (c) => {
    const { addDomain } = await commands();
    const asked = { ...c.req.valid('param'), ...c.req.valid('json'), answerIn: c.get('language') };
    const result = await addDomain(c.get('platform'), c.get('scope'), asked);
    return answer(c, { result }, (data) => ({ success: true, data }), 201);
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${DOMAINS}/{host}/check`,
    tags,
    summary: 'Look at the TXT record of a host name; with the proof it serves from now on',
    ...guardedOnce('create_domains'),
    request: { params: domainParams },
    responses: {
      200: jsonAnswer(domainResponse, 'what was found'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const { checkDomain } = await commands();
    const result = await checkDomain(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'delete',
    path: `${DOMAINS}/{host}`,
    tags,
    summary: 'Take a host name from a tenant',
    ...guarded('delete_domains'),
    request: { params: domainParams },
    responses: {
      200: jsonAnswer(removedDomainResponse, 'it is gone'),
      ...guardErrors(),
      ...errorResponses('TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const { deleteDomain } = await commands();
    const result = await deleteDomain(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

const COMPANIES = `${TENANTS}/{id}/companies`;

tenantRoutes.openapi(
  createRoute({
    method: 'get',
    path: COMPANIES,
    tags,
    summary: 'Companies of a customer with the rate of commission that each has of its own',
    ...guarded('view_commissions'),
    request: { params: tenantParams },
    responses: { 200: jsonAnswer(companyCommissionsResponse, 'its companies'), ...guardErrors() },
  }),
  async (c) => {
    const { companyCommissions } = await commands();
    const result = await companyCommissions(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantRoutes.openapi(
  createRoute({
    method: 'put',
    path: `${COMPANIES}/{company_id}/commission`,
    tags,
    summary: 'Set what a reseller earns of a company, or let it earn what it has elsewhere; the operator’s alone',
    ...guarded('edit_commissions'),
    request: { params: companyCommissionParams, body: jsonBody(companyCommissionRequest) },
    responses: {
      200: jsonAnswer(companyCommissionResponse, 'as it is now'),
      ...guardErrors(),
      ...errorResponses('VERSION_CONFLICT', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { setCompanyCommission } = await commands();
    const { id, company_id: companyId } = c.req.valid('param');
    const { rate_basis_points: rate } = c.req.valid('json');
    const asked = { id, companyId, rate, expectedVersion: presentedVersion(c) };
    const result = await setCompanyCommission(c.get('platform'), c.get('scope'), asked);
    const version = result.ok ? result.value.version : undefined;
    return answer(c, { result, version }, (data) => ({ success: true, data }));
  },
);

// Behind the fixed paths below `/{id}`, whose pattern fits theirs.
tenantRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${TENANTS}/{id}/{verb}`,
    tags,
    summary: 'Mark past due, suspend, reactivate, close or reopen a tenant; its ledger and calendar follow',
    ...guardedOnce('edit_tenants'),
    request: { params: tenantVerbParams, body: jsonBody(tenantVerbRequest) },
    responses: {
      200: jsonAnswer(tenantResponse, 'the tenant'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED', 'ILLEGAL_TRANSITION', 'VERSION_CONFLICT', 'HAS_CUSTOMERS'),
    },
  }),
  async (c) => {
    const { changeStatus } = await commands();
    const changed = await changeStatus(c.get('platform'), c.get('scope'), {
      ...c.req.valid('param'),
      reason: c.req.valid('json').reason ?? null,
      answerIn: c.get('language'),
    });
    return answer(c, { result: await shown(c, changed) }, (data) => ({ success: true, data }));
  },
);
