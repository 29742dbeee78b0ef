/** Drafts of legal texts: written by whoever sells, read by nobody else, gone with the publication; nobody saves over somebody else's words unknowingly. */
import { beforeAll, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';

const PATH = '/api/v1/legal-drafts/privacy/de';
let seller: SeededTenant;
let other: SeededTenant;
let business: SeededTenant;
beforeAll(async () => {
  seller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
  other = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
  business = await seedTenant();
});
const ask = (who: SeededTenant, method: string, path = PATH, body?: unknown) =>
  askApi(who.apiKey, method, path, body === undefined ? {} : { body });

it('is saved, saved again over the version that was read, and published', async () => {
  expect((await ask(seller, 'GET')).body.data).toBeNull();
  const first = await ask(seller, 'PUT', PATH, { text: '# Datenschutz', expected_version: 0 });
  expect(first.body.data).toMatchObject({ kind: 'privacy', language: 'de', text: '# Datenschutz', version: 1 });
  const second = await ask(seller, 'PUT', PATH, { text: '# Datenschutz 2', expected_version: 1 });
  expect(second.body.data).toMatchObject({ text: '# Datenschutz 2', version: 2 });
  const late = await ask(seller, 'PUT', PATH, { text: 'was somebody else typed', expected_version: 1 });
  expect(late.status).toBe(409);
  expect(late.body.error).toMatchObject({
    code: 'VERSION_CONFLICT',
    details: { expected_version: 1, current_version: 2 },
  });
  expect((await ask(seller, 'PUT', PATH, { text: 'as if there were none' })).body.error.code).toBe('VERSION_CONFLICT');
  // Nobody but its writers: no public page, no other seller, nobody below.
  expect((await ask(other, 'GET')).body.data).toBeNull();
  expect((await ask(business, 'GET')).status).toBe(403);
  expect((await ask(seller, 'GET', '/api/v1/legal-texts?kind=privacy')).body.data).toEqual([]);
  const text = { kind: 'privacy', language: 'de', text: '# Datenschutz 2' };
  expect((await ask(seller, 'POST', '/api/v1/legal-texts', text)).status).toBe(201);
  expect((await ask(seller, 'GET')).body.data).toBeNull();
});

it('of another kind or language stays when one is published', async () => {
  const terms = '/api/v1/legal-drafts/terms/en';
  await ask(seller, 'PUT', terms, { text: 'Terms' });
  await ask(seller, 'POST', '/api/v1/legal-texts', { kind: 'terms', language: 'de', text: 'AGB' });
  expect((await ask(seller, 'GET', terms)).body.data.text).toBe('Terms');
});

it('is thrown away, once, and each step is in the activity log without the text', async () => {
  const path = '/api/v1/legal-drafts/imprint/de';
  await ask(seller, 'PUT', path, { text: 'Erika Mustermann' });
  expect((await ask(seller, 'DELETE', path)).body).toMatchObject({ success: true, data: null });
  expect((await ask(seller, 'DELETE', path)).status).toBe(404);
  const { results } = await env.DB.prepare(
    "SELECT description FROM audit_log WHERE tenant_id = ?1 AND subject_id = 'imprint:de' ORDER BY id",
  )
    .bind(seller.tenantId)
    .all<{ description: string }>();
  expect(results.map(({ description }) => description)).toEqual(['legal_text.draft_saved', 'legal_text.draft_dropped']);
  const values = await env.DB.prepare('SELECT * FROM audit_log WHERE tenant_id = ?1').bind(seller.tenantId).all();
  expect(JSON.stringify(values.results)).not.toContain('Mustermann');
});
