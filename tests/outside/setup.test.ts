/** An empty instance: the link that its start prints makes the first operator, once, who then finds settings and plans. */
import { describe, expect, it } from 'vitest';
import { hasBrowser, isWellMade, languageOf, begin, LOOKS, withBrowser } from './browser.ts';
import { startInstance } from './harness.ts';

const PASSWORD = 'ein-langes-passwort';
const LINK = /First operator\s+(http\S+)/;

describe.skipIf(!hasBrowser)('an instance without demo data', () => {
  const web = withBrowser({ demoData: false });
  const link = (): string => LINK.exec(web.instance.output())?.[1] ?? '';
  const { de } = begin;

  it.each(LOOKS)('shows a page that is accessible and fits the screen: %s', async (name, look) => {
    const page = await (await web.visitor(look)).newPage();
    await page.goto(link());
    const say = begin[languageOf(look)];
    await page.getByLabel(say('begin.name')).waitFor();
    await page.getByRole('button', { name: say('begin.submit') }).click();
    await page.getByText(say('password.missing')).waitFor();
    await isWellMade(web, page, `setup-${name}`);
    await page.goto('about:blank');
    await page.goto(`${web.base}/setup#halb`);
    await page.getByLabel(say('begin.name')).fill('Kim Berger');
    await page.getByLabel(say('sign_in.email')).fill('kim@askpro.test');
    const password = page.getByLabel(say('begin.password'));
    const meter = page.locator('.strength');
    for (const [typed, sentence] of [
      ['Passwort!2026', say('strength.weak')],
      ['kim@askpro.test', say('strength.weak')],
      ['elf Zeichen', say('strength.short', { count: 1 })],
      ['drei Hunde tanzen im Regen', say('strength.strong')],
    ] as const) {
      await password.fill(typed);
      await expect.poll(() => meter.innerText()).toBe(sentence);
    }
    await isWellMade(web, page, `setup-strong-${name}`);
    await password.fill('correct horse battery staple');
    await page.getByRole('button', { name: say('begin.submit') }).click();
    await page.getByText(say('password.leaked')).waitFor();
    await password.fill(PASSWORD);
    await page.getByRole('button', { name: say('begin.submit') }).click();
    await page.getByText(say('begin.refused.unknown')).waitFor();
    await isWellMade(web, page, `setup-refused-${name}`);
  });

  it('makes the operator by the link, signs in, and the link is used', async () => {
    const visitor = await web.visitor();
    const page = await visitor.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(link());
    await page.getByLabel(de('begin.name')).fill('Kim Berger');
    await page.getByLabel(de('sign_in.email')).fill('kim@askpro.test');
    await page.getByLabel(de('begin.password')).fill(PASSWORD);
    await page.getByRole('button', { name: de('begin.submit') }).click();
    await page.waitForURL(/\/admin/);
    const me = await page.request.get(`${web.base}/api/me`);
    expect(await me.json()).toMatchObject({ data: { role: 'super_admin', tenant: { type: 'platform' } } });
    const token = new URL(link()).hash.slice(1);
    expect(token).toHaveLength(43);
    expect(asked.filter((address) => new URL(address).search.includes(token))).toEqual([]);
    expect(await (await page.request.get(`${web.base}/api/v1/pricing-plans`)).json()).toMatchObject({
      data: [{ name: 'Basic' }, { name: 'Kombi' }, { name: 'Minuten' }],
    });

    const again = await (await web.visitor()).newPage();
    await again.goto(link());
    await again.getByLabel(de('begin.name')).fill('Jo Blau');
    await again.getByLabel(de('sign_in.email')).fill('jo@askpro.test');
    await again.getByLabel(de('begin.password')).fill(PASSWORD);
    await again.getByRole('button', { name: de('begin.submit') }).click();
    await again.getByText(de('begin.refused.used')).waitFor();
    await again.getByRole('link', { name: de('begin.sign_in') }).click();
    await again.waitForURL(/\/admin\/login/);
  });
});

it('a start with an operator prints no link, and a tenant’s host knows no set-up', async () => {
  const instance = await startInstance();
  try {
    expect(instance.output()).not.toMatch(LINK);
    const page = await instance.request('/setup', { host: 'salon-schoen.localhost', headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
  } finally {
    await instance.stop();
  }
});
