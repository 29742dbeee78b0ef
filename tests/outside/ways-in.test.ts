/** Ways into an account in a browser: second factor, link by mail, passkey by Chromium's virtual authenticator, and helping who lost the phone. */
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accountDe } from '../../shared/i18n/compiled/account.de.ts';
import { accountEn } from '../../shared/i18n/compiled/account.en.ts';
import { profileDe } from '../../shared/i18n/compiled/profile.de.ts';
import { profileEn } from '../../shared/i18n/compiled/profile.en.ts';
import { secondDe } from '../../shared/i18n/compiled/second.de.ts';
import { secondEn } from '../../shared/i18n/compiled/second.en.ts';
import { createTranslate } from '../../web/ui/i18n.ts';
import { codeOfStep, fromBase32, stepOf } from '../../workers/identity/rules/totp.ts';
import { admin, hasBrowser, isWellMade, languageOf, login, LOOKS, sentence, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';

const account = { de: createTranslate(accountDe), en: createTranslate(accountEn) };
const profile = { de: createTranslate(profileDe), en: createTranslate(profileEn) };
const second = { de: createTranslate(secondDe), en: createTranslate(secondEn) };
const OPERATOR = 'admin@askproai.test';

const codeOf = (secret: string, drift = 0): string =>
  codeOfStep(fromBase32(secret) ?? new Uint8Array(), stepOf(Date.now()) + drift);

/** A device that asks its owner, in the browser's own tooling. */
async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe.skipIf(!hasBrowser)('ways into an account', () => {
  const web = withBrowser();
  const { de } = profile;

  async function typePassword(page: Page, email: string): Promise<void> {
    await page.getByLabel(login.de('sign_in.email')).fill(email);
    await page.getByLabel(login.de('sign_in.password'), { exact: true }).fill(DEMO.password);
    await page.getByRole('button', { name: login.de('sign_in.submit'), exact: true }).click();
  }
  /** Sets it up on an open profile page; the app's secret and the codes as they were shown. */
  async function setUp(page: Page): Promise<{ secret: string; codes: string[] }> {
    await page.getByRole('button', { name: de('factor.begin'), exact: true }).click();
    await page.getByRole('img', { name: de('factor.qr') }).waitFor();
    const secret = ((await page.locator('.profile-key').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel(de('factor.code'), { exact: true }).fill('000000');
    await page.getByRole('button', { name: de('factor.confirm') }).click();
    await page.getByText(de('factor.code_wrong')).waitFor();
    await page.getByLabel(de('factor.code'), { exact: true }).fill(codeOf(secret));
    await page.getByRole('button', { name: de('factor.confirm') }).click();
    await page.getByRole('heading', { name: de('factor.codes_title') }).waitFor();
    return { secret, codes: await page.locator('.profile-codes code').allTextContents() };
  }
  /** The link of the newest mail to somebody, on the port of this instance. */
  async function linkTo(address: string): Promise<string> {
    const newest = async (): Promise<string | undefined> => {
      const { mails } = (await web.instance.sandbox.request('/_sandbox/smtp/mails')).json() as {
        mails: { to: string[]; text: string }[];
      };
      const mail = mails.filter(({ to, text }) => to.includes(address) && text.includes('/link#')).at(-1);
      return /https?:\/\/\S+(\/link#[\w-]{43})/.exec(mail?.text ?? '')?.[1];
    };
    const found = await eventually(newest, (one) => one !== undefined, { what: `a link to ${address}` });
    return `${web.base}${found}`;
  }

  it('the operator sets a second factor up, is asked for it, and comes in by a recovery code', async () => {
    const own = await (await web.signedIn(undefined, OPERATOR)).newPage();
    await own.goto(`${web.base}/admin/profile`);
    await own.getByText(de('factor.advised')).waitFor();
    const { codes } = await setUp(own);
    expect(codes.length).toBe(10);
    await own.getByRole('button', { name: de('factor.kept') }).click();
    await own.getByText(de('factor.codes_left', { count: 10 })).waitFor();

    const page = await (await web.visitor()).newPage();
    await page.goto(`${web.base}/admin/login`);
    await typePassword(page, OPERATOR);
    const code = page.getByLabel(second.de('second.code'), { exact: true });
    await code.waitFor();
    await code.fill('000000');
    await page.getByRole('button', { name: second.de('second.submit') }).click();
    await page.getByText(second.de('second.wrong')).waitFor();
    expect((await page.request.get(`${web.base}/api/me`)).status()).toBe(401);
    await page.getByRole('button', { name: second.de('second.use_recovery') }).click();
    await page.getByLabel(second.de('second.recovery'), { exact: true }).fill(codes[2] ?? '');
    await page.getByRole('button', { name: second.de('second.submit') }).click();
    await page.getByRole('button', { name: sentence(admin.de, 'user_menu') }).waitFor();
    await own.reload();
    await own.getByText(de('factor.codes_left', { count: 9 })).waitFor();

    // … switches it off again, by password and code.
    await own.getByRole('button', { name: de('factor.off'), exact: true }).click();
    await own.getByLabel(de('factor.off_password'), { exact: true }).fill(DEMO.password);
    await own.getByLabel(de('factor.off_code'), { exact: true }).fill(codes[0] ?? '');
    await own.getByRole('button', { name: de('factor.off'), exact: true }).click();
    await own.getByText(de('factor.is_off')).waitFor();
    await own.getByRole('button', { name: de('factor.begin'), exact: true }).waitFor();
  });

  it('five wrong codes end the sign-in, and it begins again', async () => {
    const email = 'reseller@demo.test';
    const own = await (await web.signedIn(undefined, email)).newPage();
    await own.goto(`${web.base}/admin/profile`);
    const { secret } = await setUp(own);
    const page = await (await web.visitor()).newPage();
    await page.goto(`${web.base}/admin/login`);
    await typePassword(page, email);
    const code = page.getByLabel(second.de('second.code'), { exact: true });
    await code.waitFor();
    for (let i = 0; i < 5; i++) {
      await code.fill(`11111${i}`);
      const answered = page.waitForResponse(/challenge\/pass/);
      await page.getByRole('button', { name: second.de('second.submit') }).click();
      expect((await answered).status()).toBe(401);
    }
    await code.fill('222222');
    await page.getByRole('button', { name: second.de('second.submit') }).click();
    await page.getByRole('heading', { name: second.de('second.over_title') }).waitFor();
    await page.getByRole('button', { name: second.de('second.again') }).click();
    await typePassword(page, email);
    await code.waitFor();
    // The lock of so many wrong ones is two seconds long.
    await eventually(
      async () => {
        await code.fill(codeOf(secret, 1));
        await page.getByRole('button', { name: second.de('second.submit') }).click();
        return page
          .getByRole('button', { name: sentence(admin.de, 'user_menu') })
          .waitFor({ timeout: 2_500 })
          .then(
            () => true,
            () => false,
          );
      },
      (isIn) => isIn,
      { what: 'the panel behind the code' },
    );
  });

  it('a link by mail signs in by its button, once', async () => {
    const page = await (await web.visitor()).newPage();
    await page.goto(`${web.base}/admin/login`);
    await page.getByRole('link', { name: login.de('sign_in.link') }).click();
    await page.getByLabel(account.de('sign_in.email')).fill(DEMO.salon.owner);
    await page.getByRole('button', { name: account.de('account.link_ask_submit') }).click();
    await page.getByText(account.de('account.link_done')).waitFor();
    const link = await linkTo(DEMO.salon.owner);
    await page.goto('about:blank');
    await page.goto(link);
    const go = page.getByRole('button', { name: account.de('account.link_submit') });
    await go.waitFor();
    expect((await page.request.get(`${web.base}/api/me`)).status()).toBe(401);
    await go.click();
    await page.getByRole('button', { name: sentence(admin.de, 'user_menu') }).waitFor();
    const other = await (await web.visitor()).newPage();
    await other.goto(link);
    await other.getByText(account.de('account.gone_link')).waitFor();
  });

  it('a passkey is made in the portal, signs in there, and is deleted', async () => {
    const context = await web.signedIn();
    const page = await context.newPage();
    await withAuthenticator(context, page);
    await page.goto(`${web.base}/portal/settings/profile`);
    await page.getByText(de('passkey.hint', { host: 'localhost' })).waitFor();
    await page.getByLabel(de('passkey.name')).fill('Rechner am Empfang');
    await page.getByRole('button', { name: de('passkey.create') }).click();
    await page.getByText(de('passkey.created', { name: 'Rechner am Empfang' })).waitFor();
    await page.getByRole('button', { name: de('passkey.rename_of', { name: 'Rechner am Empfang' }) }).click();
    await page.getByLabel(de('passkey.new_name')).fill('Empfang');
    await page
      .locator('.profile-naming')
      .getByRole('button', { name: de('profile.save') })
      .click();
    await page.getByRole('button', { name: de('passkey.delete_of', { name: 'Empfang' }) }).waitFor();

    await context.clearCookies();
    await page.goto(`${web.base}/portal/login`);
    await page.getByRole('button', { name: login.de('sign_in.passkey') }).click();
    await page.waitForURL(/\/portal$/);
    expect((await page.request.get(`${web.base}/api/me`)).status()).toBe(200);
    await page.goto(`${web.base}/portal/settings/profile`);
    await page.getByRole('button', { name: de('passkey.delete_of', { name: 'Empfang' }) }).click();
    await page.getByText(de('passkey.deleted', { name: 'Empfang' })).waitFor();
    await context.clearCookies();
    await page.goto(`${web.base}/portal/login`);
    await page.getByRole('button', { name: login.de('sign_in.passkey') }).click();
    await page.getByText(login.de('sign_in.passkey_failed')).waitFor();
  });

  it.each(LOOKS)('pages are accessible and fit the screen: %s', async (name, look) => {
    const speech = languageOf(look);
    const say = profile[speech];
    const own = await web.signedIn(look, OPERATOR);
    const page = await own.newPage();
    await page.goto(`${web.base}/admin/profile`);
    await page.getByRole('button', { name: say('factor.begin'), exact: true }).click();
    await page.getByRole('img', { name: say('factor.qr') }).waitFor();
    await isWellMade(web, page, `ways-admin-set-up-${name}`);
    const portal = await (await web.signedIn(look)).newPage();
    await portal.goto(`${web.base}/portal/settings/profile`);
    await portal.getByRole('button', { name: say('factor.begin'), exact: true }).click();
    await portal.getByRole('img', { name: say('factor.qr') }).waitFor();
    await isWellMade(web, portal, `ways-portal-set-up-${name}`);
    const guest = await (await web.visitor(look)).newPage();
    await guest.route('**/api/auth/sign-in/email', (route) =>
      route.fulfill({
        status: 202,
        contentType: 'application/json',
        body: JSON.stringify({ success: true, data: { challenge: { expires_at: '2030-01-01T00:00:00.000Z' } } }),
      }),
    );
    await guest.goto(`${web.base}/admin/login`);
    await guest.getByLabel(login[speech]('sign_in.email')).fill(OPERATOR);
    await guest.getByLabel(login[speech]('sign_in.password'), { exact: true }).fill('x');
    await guest.getByRole('button', { name: login[speech]('sign_in.submit'), exact: true }).click();
    await guest.getByRole('heading', { name: second[speech]('second.title') }).waitFor();
    await isWellMade(web, guest, `ways-code-${name}`);
    await guest.goto(`${web.base}/link`);
    await guest.getByRole('heading', { name: account[speech]('account.link_title') }).waitFor();
    await isWellMade(web, guest, `ways-link-${name}`);
  });
});
