/** The operator's settings and plans: what is changed stands after a reload, what is wrong says so where it is, nobody else comes near. */
import { describe, expect, it } from 'vitest';
import { admin, GERMAN_DESKTOP, hasBrowser, isWellMade, LOOKS, withBrowser } from './browser.ts';

const OPERATOR = 'admin@askproai.test';
const { de } = admin;

describe.skipIf(!hasBrowser)('the instance', () => {
  const web = withBrowser();

  it('settings are saved where they stand, survive a reload, and say what is wrong', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/settings`);
    const name = page.getByLabel(de('settings.legal_name'));
    await name.waitFor();
    expect(await name.inputValue()).toBe('AskProAI Demo GmbH');
    expect(await page.getByLabel(de('settings.vat_rate')).inputValue()).toBe('19');
    await name.fill('AskPro Betriebs GmbH');
    await page.getByLabel(de('settings.trial_bonus')).fill('7,50');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText(de('settings.saved')).waitFor();
    await page.reload();
    await name.waitFor();
    expect(await name.inputValue()).toBe('AskPro Betriebs GmbH');
    expect(await page.getByLabel(de('settings.trial_bonus')).inputValue()).toBe('7,50');

    await page.getByLabel(de('settings.trial_days')).fill('365');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText(de('settings.trial_days_problem')).waitFor();
    await page.getByRole('button', { name: de('kit.discard') }).click();

    await page.getByLabel(de('settings.city')).fill('');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText(de('settings.incomplete_hint', { missing: de('settings.lacks.address') })).waitFor();
    await page.getByLabel(de('settings.city')).fill('Berlin');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText(de('settings.incomplete_title')).waitFor({ state: 'detached' });
  });

  it('a change that somebody else came before is shown and made over theirs', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/settings`);
    await page.getByLabel(de('settings.limit_users')).fill('30');
    const other = await page.request.patch(`${web.base}/api/v1/settings`, { data: { trial_days: 21 } });
    expect(other.ok()).toBe(true);
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByRole('button', { name: de('page.reload') }).click();
    await page.getByText(de('kit.conflict_reloaded')).waitFor();
    expect(await page.getByLabel(de('settings.trial_days')).inputValue()).toBe('21');
    expect(await page.getByLabel(de('settings.limit_users')).inputValue()).toBe('30');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText(de('settings.saved')).waitFor();
  });

  it('a plan is made, changed, archived and taken back', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/plans`);
    await page.getByRole('link', { name: 'Kombi' }).waitFor();
    await page.getByRole('link', { name: de('plans.create') }).click();
    await page.getByLabel(de('kit.name'), { exact: true }).fill('Praxis');
    await page.getByLabel(de('plans.price_per_minute')).fill('0,125');
    await page.getByLabel(de('plans.unit.sms')).first().fill('0,08');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByRole('heading', { name: 'Praxis', level: 1 }).waitFor();
    await page.getByText('0,125 €').first().waitFor();
    await page.getByText('0,08 €').waitFor();

    await page.getByRole('link', { name: de('kit.edit') }).click();
    await page.getByLabel(de('plans.model')).selectOption('combined');
    await page.getByLabel(de('plans.price_per_appointment')).fill('teuer');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText(de('plans.price_problem')).waitFor();
    await page.getByLabel(de('plans.price_per_appointment')).fill('1,5');
    await page.getByRole('button', { name: de('kit.save'), exact: true }).click();
    await page.getByText('1,50 €').first().waitFor();

    await page.getByRole('button', { name: de('kit.actions_of', { name: 'Praxis' }) }).click();
    await page.getByRole('menuitem', { name: de('plans.archive') }).click();
    await page.getByText(de('plans.archived', { name: 'Praxis' })).waitFor();
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('kit.restored', { name: 'Praxis' })).waitFor();
  });

  it('settings are the operator’s alone', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/settings`);
    await page.getByText(de('settings.forbidden')).waitFor();
    expect(await page.getByRole('link', { name: de('nav.settings') }).count()).toBe(0);
  });

  it.each(LOOKS)('its pages are accessible and fit the screen: %s', async (name, look) => {
    const context = await web.signedIn(look, OPERATOR);
    for (const [path, shown, title] of [
      ['settings', '.kit-form', 'settings'],
      ['plans', '.kit-table .kit-row-link', 'plans'],
      ['plans/pln_combined', '.kit-actions', 'plan'],
      ['plans/create', '.kit-form', 'plan-form'],
    ] as const) {
      const page = await context.newPage();
      await page.goto(`${web.base}/admin/${path}`);
      await page.locator(shown).first().waitFor();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await isWellMade(web, page, `${title}-${name}`);
      await page.close();
    }
  });
});
