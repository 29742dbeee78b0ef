/** Invited by a colleague, in by a link, out again: pages of users, keys and one's own account, with the mails that lead to them. */
import { describe, expect, it } from 'vitest';
import { accountDe } from '../../shared/i18n/compiled/account.de.ts';
import { accountEn } from '../../shared/i18n/compiled/account.en.ts';
import { createTranslate } from '../../web/ui/i18n.ts';
import { admin, hasBrowser, isWellMade, languageOf, login, LOOKS, portal, sentence, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';

const account = { de: createTranslate(accountDe), en: createTranslate(accountEn) };
const PASSWORD = 'drei Hunde im Regen';

interface Mail {
  to: string[];
  subject: string;
  text: string;
}

describe.skipIf(!hasBrowser)('people and their access', () => {
  const web = withBrowser();

  /** The newest mail to somebody; waits for it. */
  async function mailTo(address: string, isOne: (mail: Mail) => boolean = () => true): Promise<Mail> {
    const newest = async (): Promise<Mail | undefined> => {
      const { mails } = (await web.instance.sandbox.request('/_sandbox/smtp/mails')).json() as { mails: Mail[] };
      return mails.filter((mail) => mail.to.includes(address) && isOne(mail)).at(-1);
    };
    const mail = await eventually(newest, (one) => one !== undefined, { what: `a mail to ${address}` });
    if (mail === undefined) throw new Error('no mail');
    return mail;
  }
  /** The link as the mail has it, on the port of this instance. */
  const linkIn = (mail: Mail, page: string): string => {
    const found = new RegExp(`https?://\\S+(/${page}#[\\w-]{43})`).exec(mail.text)?.[1];
    if (found === undefined) throw new Error(`no link to ${page} in: ${mail.text}`);
    return web.base + found;
  };

  it('somebody is invited, sets a password, works, forgets it and is disabled', async () => {
    const { de } = admin;
    const owner = await (await web.signedIn()).newPage();
    const email = `nora.${Date.now().toString(36)}@mail.test`;
    await owner.goto(`${web.base}/admin/users`);
    await owner
      .getByRole('link', { name: de('users.create') })
      .first()
      .click();
    await owner.getByLabel(de('users.name')).fill('Nora Neumann');
    await owner.getByLabel(de('users.email')).fill(email);
    await owner.getByLabel(de('users.role'), { exact: true }).selectOption('receptionist');
    await owner.locator('form').evaluate((form: { requestSubmit(): void }) => form.requestSubmit());
    await owner.getByRole('heading', { name: 'Nora Neumann', level: 1 }).waitFor();
    await owner.getByText(de('users.invited_hint')).waitFor();

    const guest = await web.visitor();
    const page = await guest.newPage();
    await page.goto(linkIn(await mailTo(email), 'invite'));
    await page.getByRole('heading', { name: account.de('account.invite_title') }).waitFor();
    const submit = page.getByRole('button', { name: account.de('account.invite_submit') });
    await page.getByLabel(account.de('account.password'), { exact: true }).fill('passwort1234');
    await submit.click();
    await page.getByText(account.de('password.guessable')).waitFor();
    await page.getByLabel(account.de('account.password'), { exact: true }).fill(PASSWORD);
    await submit.click();
    await page.waitForURL(/\/admin\/appointments\/calendar/);
    await page.getByRole('button', { name: sentence(de, 'user_menu') }).waitFor();

    // Another device: the password is forgotten there.
    const other = await (await web.visitor()).newPage();
    await other.goto(`${web.base}/admin/login`);
    await other.getByRole('link', { name: login.de('sign_in.forgot') }).click();
    await other.getByLabel(account.de('sign_in.email')).fill(email);
    await other.getByRole('button', { name: account.de('account.forgot_submit') }).click();
    await other.getByText(account.de('account.forgot_done_title')).waitFor();
    const reset = linkIn(await mailTo(email, ({ text }) => text.includes('/reset#')), 'reset');
    await other.goto(reset);
    await other.getByLabel(account.de('account.password'), { exact: true }).fill(`${PASSWORD} zwei`);
    await other.getByRole('button', { name: account.de('account.reset_submit') }).click();
    await other.getByText(account.de('account.reset_done_title')).waitFor();
    await other.goto('about:blank');
    await other.goto(reset);
    await other.getByText(account.de('account.gone_title')).waitFor();
    // The session of the first device ended with it: its page begins again by itself.
    await page.getByRole('button', { name: login.de('sign_in.submit') }).waitFor();

    await owner.reload();
    await owner.getByRole('button', { name: de('users.disable') }).click();
    await owner.getByRole('button', { name: de('users.enable') }).waitFor();
    await page.getByLabel(login.de('sign_in.email')).fill(email);
    await page.getByLabel(login.de('sign_in.password'), { exact: true }).fill(`${PASSWORD} zwei`);
    await page.getByRole('button', { name: login.de('sign_in.submit') }).click();
    await page.getByText(de('error.INVALID_CREDENTIALS')).waitFor();
  });

  it('a key is shown once, and what reaches far asks for the password', async () => {
    const { de } = admin;
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/api-keys`);
    await page.getByRole('button', { name: de('keys.create') }).click();
    await page.getByLabel(de('keys.name'), { exact: true }).fill('Kassensystem');
    await page.getByRole('button', { name: de('keys.preset.booking') }).click();
    await page.getByLabel(de('keys.ip_allow')).fill('203.0.113.0/24');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: de('keys.create') })
      .click();
    const shown = page.getByText(/^ask_live_\w{40}$/);
    await shown.waitFor();
    await page.getByRole('button', { name: de('keys.done') }).click();
    await page.getByText('Kassensystem').waitFor();
    expect(await shown.count()).toBe(0);

    // As the server answers a quarter of an hour after the sign-in; everything else of it is real.
    let refused = 0;
    await page.route('**/api/v1/api-keys/*', async (route) => {
      if (route.request().method() !== 'DELETE' || refused++ > 0) return route.continue();
      const body = JSON.stringify({ success: false, error: { code: 'CONFIRMATION_REQUIRED', message: '' } });
      return route.fulfill({ status: 403, contentType: 'application/json', body });
    });
    await page.getByRole('button', { name: de('keys.actions_of', { name: 'Kassensystem' }) }).click();
    await page.getByRole('menuitem', { name: de('keys.revoke') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: de('keys.revoke') })
      .click();
    await page.getByLabel(de('confirm.password')).fill('falsch');
    const confirm = page.getByRole('button', { name: de('confirm.submit') });
    await confirm.click();
    await page.getByText(de('confirm.wrong')).waitFor();
    await page.getByLabel(de('confirm.password')).fill(DEMO.password);
    await confirm.click();
    await page.getByText(de('keys.revoked', { name: 'Kassensystem' })).waitFor();
    expect(refused).toBe(2);
  });

  it.each(LOOKS)('pages are accessible and fit the screen: %s', async (name, look) => {
    const words = admin[languageOf(look)];
    const own = await web.signedIn(look);
    for (const [path, heading] of [
      ['/admin/users', words('users.title')],
      ['/admin/users/create', words('users.new_title')],
      ['/admin/api-keys', words('keys.title')],
      ['/admin/profile', words('profile.title')],
      ['/portal/settings/profile', portal[languageOf(look)]('profile.title')],
    ] as const) {
      const page = await own.newPage();
      await page.goto(web.base + path);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      await isWellMade(web, page, `people${path.replaceAll('/', '-')}-${name}`);
      await page.close();
    }
    const guest = await web.visitor(look);
    for (const [path, heading] of [
      ['/forgot', account[languageOf(look)]('account.forgot_title')],
      [`/invite#${'x'.repeat(43)}`, account[languageOf(look)]('account.gone_title')],
    ] as const) {
      const page = await guest.newPage();
      await page.goto(web.base + path);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      await isWellMade(web, page, `people${path.slice(0, 7).replaceAll('/', '-')}-${name}`);
      await page.close();
    }
  });

  it('resellers and the operator have pages of their people, too', async () => {
    for (const email of ['reseller@demo.test', 'admin@askproai.test']) {
      const page = await (await web.signedIn(undefined, email)).newPage();
      await page.goto(`${web.base}/admin/users`);
      const own = email === 'reseller@demo.test' ? 'Rita Reseller' : 'Alex Admin';
      await page.getByRole('link', { name: own }).click();
      await page.getByText(admin.de('users.you')).waitFor();
    }
  });
});
