/**
 * From an empty instance to a salon that takes calls, by a visitor who signs up alone: the operator publishes the legal texts and opens
 * sign-up; the visitor fills in the form, follows the link of the mail, sets the business up; a test call books, and a signed call books. No
 * development entry point and no request by hand. Clicks and fields of the visitor are counted and printed.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signupDe } from '../../shared/i18n/compiled/signup.de.ts';
import { LEGAL_KINDS } from '../../shared/legal.ts';
import { createTranslate } from '../../web/ui/i18n.ts';
import { admin, hasBrowser, withBrowser } from './browser.ts';
import {
  booksByPhone,
  booksByTestCall,
  dayNextWeek,
  firstOperator,
  type Hand,
  importsNumber,
  mailed,
  named,
  PASSWORD,
  takesNumberAndAgent,
  throughWizard,
} from './first-steps.ts';

const EMAIL = 'bea@salon-birke.test';
const { de } = admin;
const signup = createTranslate(signupDe);

const NAV = { numbers: 'nav.numbers', agents: 'nav.agents', 'test-call': 'nav.test_call' } as const;

describe.skipIf(!hasBrowser)('a visitor of an empty instance', () => {
  const web = withBrowser({ demoData: false });
  const at = (path: string): string => `${web.base}${path}`;
  const count = { clicks: 0, fields: 0 };
  const click = async (target: ReturnType<Page['getByRole']>): Promise<void> => {
    count.clicks++;
    await target.click();
  };
  const fill = async (target: ReturnType<Page['getByLabel']>, text: string): Promise<void> => {
    count.fields++;
    await target.fill(text);
  };
  const choose = async (target: ReturnType<Page['getByLabel']>, value: string): Promise<void> => {
    count.fields++;
    await target.selectOption(value);
  };
  const hand: Hand = { click, fill, go: (page, place) => click(named(page, NAV[place])) };

  it('signs up, sets the business up and takes calls', { timeout: 240_000 }, async () => {
    const operator = await firstOperator(web);
    await importsNumber(web, operator);

    // Closed, and it says so, until every text is there and the switch is on.
    const visitor = await (await web.visitor()).newPage();
    await visitor.goto(at('/signup'));
    await visitor.getByRole('heading', { name: signup('signup.closed_title') }).waitFor();
    for (const kind of LEGAL_KINDS) {
      await operator.goto(at(`/admin/legal/${kind}`));
      await operator
        .getByLabel(de('legal.text'), { exact: true })
        .fill(`# Text\n\nFassung **eins** <b>von</b> ${kind}`);
      await operator.locator('.legal-preview strong').waitFor();
      await named(operator, 'legal.publish').click();
      await operator.getByRole('button', { name: de('legal.publish_confirm'), exact: true }).click();
      await operator.getByText(de('legal.published', { version: 1 })).waitFor();
    }
    await operator.goto(at('/admin/legal'));
    await operator.getByLabel(de('signup_switch.on')).click({ force: true });
    await operator.getByText(de('signup_switch.open')).waitFor();
    await web.picture(operator, 'legal-texts');

    // What is agreed to can be read, as it was written; markup in it stays text.
    await visitor.goto(at('/legal/terms'));
    await visitor.locator('.prose strong').waitFor();
    expect(await visitor.locator('.prose').innerText()).toContain('<b>von</b> terms');
    await web.picture(visitor, 'legal-terms');

    // The visitor signs up.
    const begun = Date.now();
    await visitor.goto(at('/signup'));
    const asked = (key: 'signup.business' | 'signup.trade' | 'signup.name' | 'sign_in.email') =>
      visitor.getByLabel(signup(key), { exact: true });
    await fill(asked('signup.business'), 'Salon Birke');
    await choose(asked('signup.trade'), 'barber');
    await fill(asked('signup.name'), 'Bea Birke');
    await fill(asked('sign_in.email'), EMAIL);
    for (const kind of ['terms', 'dpa']) await click(visitor.locator(`#${kind}`));
    await web.picture(visitor, 'sign-up');
    await click(visitor.getByRole('button', { name: signup('signup.submit') }));
    await visitor.getByRole('heading', { name: signup('signup.sent_title') }).waitFor();
    const path = await mailed(web, EMAIL, /https?:\/\/\S+?(\/signup\/confirm#[\w-]{43})/);
    count.clicks++;
    await visitor.goto(at(path));
    await fill(visitor.getByLabel(signup('signup.password'), { exact: true }), PASSWORD);
    await web.picture(visitor, 'sign-up-confirm');
    await click(visitor.getByRole('button', { name: signup('signup.confirm_submit') }));
    await visitor.waitForURL(/\/admin\/welcome/);

    // The wizard begins with the trade that was named.
    const owner = visitor;
    await owner.getByLabel(de('welcome.trade'), { exact: true }).waitFor();
    expect(await owner.getByLabel(de('welcome.trade'), { exact: true }).inputValue()).toBe('barber');
    await throughWizard(owner, hand);
    await takesNumberAndAgent(owner, hand);
    const day = dayNextWeek();
    await booksByTestCall(owner, hand, day);
    console.log(
      `sign-up to booked test call: ${count.clicks} clicks, ${count.fields} fields, ${Math.round((Date.now() - begun) / 1_000)} s in the browser`,
    );

    await booksByPhone(web, day);
    await owner.goto(at('/admin/calls'));
    await owner.getByText('Otto Lang').first().waitFor();

    // Who agreed to what stands with the account, for the owner and for the operator.
    await owner.goto(at('/admin/contracts'));
    await owner.getByRole('link', { name: de('legal.kind.terms') }).waitFor();
    await owner.getByText('Bea Birke').first().waitFor();
    await web.picture(owner, 'contracts');
    await operator.goto(at('/admin/tenants'));
    await operator.getByRole('link', { name: 'Salon Birke' }).first().click();
    await operator.getByRole('heading', { name: 'Salon Birke', level: 1 }).waitFor();
    await operator
      .getByText(/Bea Birke/)
      .first()
      .waitFor();

    // A newer version asks the owner once, and blocks nothing.
    await operator.goto(at('/admin/legal/terms'));
    await operator.getByLabel(de('legal.text'), { exact: true }).fill('# Text\n\nFassung zwei');
    await named(operator, 'legal.publish').click();
    await operator.getByRole('button', { name: de('legal.publish_confirm'), exact: true }).click();
    await operator.getByText(de('legal.published', { version: 2 })).waitFor();
    await owner.goto(at('/admin/services'));
    await owner.getByText(de('contracts.bar')).waitFor();
    await owner.getByRole('link', { name: de('contracts.bar_read') }).click();
    await owner.getByRole('button', { name: de('contracts.accept') }).click();
    await owner.getByText(de('contracts.accepted_now')).waitFor();
    await owner.goto(at('/admin/services'));
    await owner.waitForTimeout(2_500);
    expect(await owner.getByText(de('contracts.bar')).count()).toBe(0);
    // The older version stays readable.
    await visitor.goto(at('/legal/terms?lang=de&version=1'));
    await visitor.getByText('Fassung eins').waitFor();
  });
});
