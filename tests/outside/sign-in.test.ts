/** Signing in and out of both web apps, and the brand of a host before anybody has. */
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, languageOf, login, LOOKS, sentence, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';

describe.skipIf(!hasBrowser)('the sign-in', () => {
  const web = withBrowser();

  it('lets people in with the right password only, and opens the page they asked for', async () => {
    const { de, en } = admin;
    const page = await (await web.visitor()).newPage();
    await page.goto(`${web.base}/admin/calls`);
    const password = page.getByLabel(login.de('sign_in.password'), { exact: true });
    const submit = page.getByRole('button', { name: login.de('sign_in.submit') });
    await page.getByLabel(login.de('sign_in.email')).fill(DEMO.salon.owner);
    await password.fill('falsch-falsch');
    await submit.click();
    await page.getByText(de('error.INVALID_CREDENTIALS')).waitFor();
    await password.fill(DEMO.password);
    await submit.click();
    await page.getByRole('heading', { name: de('calls.title'), level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/calls');
    await page.getByRole('button', { name: sentence(de, 'user_menu') }).click();
    await page.getByRole('menuitem', { name: de('language.en') }).click();
    await page.getByRole('heading', { name: en('calls.title'), level: 1 }).waitFor();
    await page.getByRole('button', { name: sentence(en, 'user_menu') }).click();
    await page.getByRole('menuitem', { name: en('sign_out') }).click();
    await page.getByRole('button', { name: login.en('sign_in.submit') }).waitFor();
    expect((await page.request.get(`${web.base}/api/me`)).status()).toBe(401);
  });

  it('wears the brand of its host before anybody has signed in', async () => {
    const page = await (await web.visitor()).newPage();
    await page.goto(`http://salon-schoen.localhost:${web.instance.port}/portal/login`);
    await page.getByRole('heading', { name: 'TerminPartner' }).waitFor();
    const fill = await page.evaluate<string>(
      `getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor`,
    );
    expect(fill).toBe('rgb(15, 118, 110)');
    expect(await page.getByText('AskPro').count()).toBe(0);
  });

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const context = await web.visitor(look);
    const label = login[languageOf(look)]('sign_in.email');
    for (const app of ['admin', 'portal']) {
      const page = await context.newPage();
      await page.goto(`${web.base}/${app}/login`);
      await page.getByLabel(label).waitFor();
      await isWellMade(web, page, `${app}-login-${name}`);
      await page.close();
    }
  });
});
