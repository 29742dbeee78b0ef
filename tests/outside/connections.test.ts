/** Connections in a browser: an owner connects Cal.com, replaces and disconnects it; the wizard matches event types; the operator sees the platform's. */
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, hasLoaded, isWellMade, languageOf, LOOKS, sentence, withBrowser } from './browser.ts';

const GOOD_KEY = 'cal_test_demo_askproai';
const OPERATOR = 'admin@askproai.test';

describe.skipIf(!hasBrowser)('connections', () => {
  const web = withBrowser();
  const { de } = admin;

  it('an owner connects Cal.com: a wrong key changes nothing, a good one is tried, shown by its end and taken out', async () => {
    const page = await (await web.signedIn()).newPage();
    const answers: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/api/v1/integrations')) void response.text().then((text) => answers.push(text));
    });
    await page.goto(`${web.base}/admin/connections`);
    await hasLoaded(page, 'connections');
    const card = page.locator('section.connection').filter({ has: page.getByRole('heading', { name: 'Cal.com' }) });
    await card.getByRole('button', { name: de('connections.connect') }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(sentence(de, 'connections.field.api_key')).fill('cal_live_wrong_key_0000');
    await form.getByRole('button', { name: de('connections.save') }).click();
    await form.getByText(de('connections.fault.key_refused')).waitFor();
    await form.getByText(sentence(de, 'connections.said')).waitFor();
    await card.getByText(de('connections.from.platform')).waitFor();

    await form.getByLabel(sentence(de, 'connections.field.api_key')).fill(GOOD_KEY);
    await form.getByRole('button', { name: de('connections.save') }).click();
    await form.waitFor({ state: 'hidden' });
    await card.getByText(de('connections.state.ok')).waitFor();
    await card.getByText(de('connections.ends_with', { hint: GOOD_KEY.slice(-4) })).waitFor();
    await card.getByText(sentence(de, 'connections.test_ok')).waitFor();

    await card.getByRole('button', { name: de('connections.test') }).click();
    await page.getByText(sentence(de, 'connections.tested_account')).first().waitFor();
    await card.getByRole('button', { name: de('connections.secret_make') }).click();
    const once = page.getByRole('dialog');
    await once.getByText(de('connections.once_hint')).waitFor();
    await once.getByRole('button', { name: de('connections.once_done') }).click();
    await card.getByRole('button', { name: de('connections.secret_again') }).waitFor();

    // Another address and no key: it would go there.
    await card.getByRole('button', { name: de('connections.replace') }).click();
    await form.getByLabel(sentence(de, 'connections.field.base_url')).fill('https://cal.example.org');
    await page.getByRole('button', { name: de('connections.save') }).click();
    await page.getByText(de('connections.again_elsewhere')).waitFor();
    await page.getByRole('button', { name: de('connections.cancel') }).click();

    await card.getByRole('button', { name: de('connections.disconnect') }).click();
    const sure = page.getByRole('dialog');
    await sure.getByRole('button', { name: de('connections.disconnect') }).click();
    await card.getByRole('button', { name: de('connections.connect') }).waitFor();
    expect(answers.length).toBeGreaterThan(5);
    expect(answers.filter((text) => text.includes(GOOD_KEY))).toEqual([]);
  });

  /** A service that is matched with nothing, done by whoever does the first one. */
  async function newService(): Promise<string> {
    const [first] = (await web.api('/api/v1/services?limit=1')).json().data as { staff: { staff_id: string }[] }[];
    const made = await web.api('/api/v1/services', {
      body: {
        name: { de: 'Probeschnitt' },
        duration_minutes: 35,
        price_cents: 2_000,
        currency: 'EUR',
        staff: first?.staff.map(({ staff_id }) => ({ staff_id })) ?? [],
      },
    });
    expect(made.status, made.text).toBe(201);
    return made.json().data.id as string;
  }

  it('event types are told first and made of the services; made once they are up to date', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/connections`);
    await hasLoaded(page, 'connections');
    const card = page.locator('section.connection').filter({ has: page.getByRole('heading', { name: 'Cal.com' }) });
    const types = async (): Promise<number> =>
      ((await web.instance.sandbox.request('/_sandbox/calcom/event-types')).json().event_types as unknown[]).length;
    const id = await newService();
    const before = await types();
    await card.getByRole('button', { name: de('connections.types_look') }).click();
    await card.getByText(sentence(de, 'connections.types_would')).waitFor();
    expect(await types()).toBe(before);
    await web.picture(page, 'connections-event-types');
    await card.getByRole('button', { name: de('connections.types_push') }).click();
    await card.getByText(sentence(de, 'connections.types_done')).waitFor();
    const made = await types();
    await card.getByRole('button', { name: de('connections.types_look') }).click();
    await card.getByText(de('connections.types_would', { created: '0', updated: '0', failed: '0' })).waitFor();
    expect([await types(), made]).toEqual([before + 1, before + 1]);
    const one = (await web.api(`/api/v1/services/${id}`)).json() as { data: { calcom_event_type_id: string | null } };
    expect(one.data.calcom_event_type_id).not.toBeNull();
    await isWellMade(web, page, 'connections-event-types-done');
  });

  it('the wizard takes a key, tries it, and event types are matched with services', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/welcome?step=calcom`);
    await hasLoaded(page, 'the wizard');
    await page.getByLabel(sentence(de, 'connections.field.api_key')).fill(GOOD_KEY);
    await page.getByRole('button', { name: de('connections.save') }).click();
    await page.getByText(de('welcome.calcom_match')).waitFor();
    const first = page.locator('.welcome-card select').first();
    const types = await first.locator('option').count();
    expect(types).toBeGreaterThan(1);
    const chosen = await first.locator('option').nth(1).getAttribute('value');
    await first.selectOption(chosen ?? '');
    await web.picture(page, 'wizard-calcom');
    await page.getByRole('button', { name: de('welcome.save_next') }).click();
    await page.waitForURL((url) => url.searchParams.get('step') !== 'calcom');
    const services = (await web.api('/api/v1/services?limit=100')).json() as {
      data: { calcom_event_type_id: string | null }[];
    };
    expect(services.data.map((one) => one.calcom_event_type_id)).toContain(chosen);
  });

  it('the operator sees the platform’s own and the master key', async () => {
    const page = await (await web.signedIn(undefined, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/connections`);
    await hasLoaded(page, 'connections');
    await page.getByText(de('connections.intro_platform')).waitFor();
    await page.getByRole('heading', { name: de('master_key.title') }).waitFor();
    await page.getByText(sentence(de, 'master_key.version')).waitFor();
    const card = page.locator('section.connection').filter({ has: page.getByRole('heading', { name: 'Retell' }) });
    await card.getByRole('button', { name: de('connections.test') }).click();
    await page.getByText(sentence(de, 'connections.tested_ok')).first().waitFor();
    await page.goto(`${web.base}/admin/settings`);
    await page.getByText(de('settings.sources_hint')).waitFor();
    await page.getByText('100.20.5.228').or(page.locator('input[value="100.20.5.228"]')).first().waitFor();
  });

  it('somebody who may not see them is told so', async () => {
    const page = await (await web.signedIn(undefined, 'receptionist@salon-schoen.test')).newPage();
    await page.goto(`${web.base}/admin/connections`);
    await page.getByText(de('connections.forbidden')).waitFor();
  });

  it.each(LOOKS)('looks right: %s', async (name, look) => {
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(`${web.base}/admin/connections`);
    await page.getByRole('heading', { name: say('connections.title'), level: 1 }).waitFor();
    await isWellMade(web, page, `connections-${name}`);
    await page
      .locator('section.connection')
      .filter({ has: page.getByRole('heading', { name: 'Twilio' }) })
      .getByRole('button', { name: say('connections.connect') })
      .click();
    await page.getByRole('dialog').getByLabel(sentence(say, 'connections.field.auth_token')).waitFor();
    await isWellMade(web, page, `connections-form-${name}`);
    const operator = await (await web.signedIn(look, OPERATOR)).newPage();
    await operator.goto(`${web.base}/admin/connections`);
    await operator.getByRole('heading', { name: say('master_key.title') }).waitFor();
    await isWellMade(web, operator, `connections-platform-${name}`);
  });
});
