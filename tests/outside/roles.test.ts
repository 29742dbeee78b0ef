/**
 * Every page of the panel × every role, ours and two of the salon's own, in a browser: pages of the role stand, the others say that they are not
 * for them, the navigation shows exactly what opens, and no button leads to a command that would be refused. Then the pages of roles themselves.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RESELLER, SALON } from '../../dev/demo-data/tenants.ts';
import { type Permission, type Role, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import type { TenantType } from '../../shared/tenant-status.ts';
import { admin, GERMAN_DESKTOP, hasBrowser, hasLoaded, isWellMade, languageOf, LOOKS, withBrowser } from './browser.ts';
import { DEMO, projectRoot } from './harness.ts';

const de = admin.de;
/** What every page says to who may not see it. */
const FORBIDDEN = [
  de('calendar.forbidden_hint'),
  de('welcome.forbidden_hint'),
  de('test_call.forbidden_hint'),
  de('operations.forbidden'),
  de('settings.forbidden'),
  de('keys.forbidden'),
  de('legal.forbidden'),
  de('contracts.forbidden'),
  de('security.forbidden'),
  de('activity.forbidden'),
  de('connections.forbidden'),
  // A page of another kind of account is none at all.
  de('page.not_found'),
];

interface PanelPage {
  path: string;
  /** what opens it; null: everybody's own */
  permission: Permission | null;
  /** kinds of accounts that have such things; others are not judged by what they may */
  of: readonly TenantType[];
  /** stands in the navigation of these kinds; left out: of none */
  linked?: true;
}
const BUSINESS = ['business'] as const;
const SELLERS = ['platform', 'reseller'] as const;
const ALL = ['business', 'reseller', 'platform'] as const;

/** Every page of routes.tsx; those of single records are reached from their lists. */
const PAGES: readonly PanelPage[] = [
  { path: '/admin/appointments/calendar', permission: 'view_appointments', of: BUSINESS, linked: true },
  { path: '/admin/appointments', permission: 'view_appointments', of: BUSINESS, linked: true },
  { path: '/admin/calls', permission: 'view_calls', of: BUSINESS, linked: true },
  { path: '/admin/callbacks', permission: 'view_callback_requests', of: BUSINESS, linked: true },
  { path: '/admin/customers', permission: 'view_customers', of: BUSINESS, linked: true },
  { path: '/admin/messages', permission: 'view_notifications', of: BUSINESS, linked: true },
  { path: '/admin/conflicts', permission: 'view_calcom', of: BUSINESS, linked: true },
  { path: '/admin/erasures', permission: 'erase_customers', of: BUSINESS, linked: true },
  { path: '/admin/welcome', permission: 'edit_services', of: BUSINESS, linked: true },
  { path: '/admin/test-call', permission: 'create_appointments', of: BUSINESS, linked: true },
  { path: '/admin/services', permission: 'view_services', of: BUSINESS, linked: true },
  { path: '/admin/staff', permission: 'view_staff', of: BUSINESS, linked: true },
  { path: '/admin/hours', permission: 'view_working_hours', of: BUSINESS, linked: true },
  { path: '/admin/exceptions', permission: 'view_exceptions', of: BUSINESS, linked: true },
  { path: '/admin/absence-requests', permission: 'view_absence_requests', of: BUSINESS, linked: true },
  { path: '/admin/companies', permission: 'view_companies', of: BUSINESS, linked: true },
  { path: '/admin/branches', permission: 'view_branches', of: BUSINESS, linked: true },
  { path: '/admin/resources', permission: 'view_resources', of: BUSINESS, linked: true },
  { path: '/admin/tags', permission: 'view_tags', of: BUSINESS, linked: true },
  { path: '/admin/imports', permission: 'view_imports', of: BUSINESS, linked: true },
  { path: '/admin/agents', permission: 'view_retell_agents', of: BUSINESS, linked: true },
  { path: '/admin/numbers', permission: 'view_phone_numbers', of: BUSINESS, linked: true },
  { path: '/admin/connections', permission: 'view_integrations', of: ['business', 'platform'], linked: true },
  { path: '/admin/operations', permission: 'view_alarms', of: ['platform'], linked: true },
  { path: '/admin/tenants', permission: 'view_tenants', of: ['platform'], linked: true },
  { path: '/admin/number-pool', permission: 'view_number_pool', of: ['platform'], linked: true },
  { path: '/admin/settings', permission: 'view_settings', of: ['platform'], linked: true },
  { path: '/reseller/customers', permission: 'view_tenants', of: ['reseller'], linked: true },
  { path: '/admin/plans', permission: 'view_pricing_plans', of: SELLERS, linked: true },
  { path: '/admin/legal', permission: 'view_legal_texts', of: SELLERS, linked: true },
  { path: '/admin/users', permission: 'view_users', of: ALL, linked: true },
  { path: '/admin/roles', permission: 'view_roles', of: ALL, linked: true },
  { path: '/admin/api-keys', permission: 'view_api_keys', of: ALL, linked: true },
  { path: '/admin/security', permission: 'view_security', of: ALL, linked: true },
  { path: '/admin/activity', permission: 'view_activity', of: ALL, linked: true },
  { path: '/admin/contracts', permission: 'view_contracts', of: ['business', 'reseller'], linked: true },
  { path: '/admin/profile', permission: null, of: ALL },
];
/** Addresses of routes.tsx that are none of these: single records, the start, what leads there. */
const NOT_JUDGED = ['/admin/calls/:id', '/admin/start', '*'];

/** Who looks. */
interface Looker {
  name: string;
  email: string;
  type: TenantType;
  held: ReadonlySet<Permission>;
}
const looker = (name: Role, email: string, type: TenantType): Looker => ({
  name,
  email,
  type,
  held: new Set(ROLE_PERMISSIONS[name]),
});
const NARROW: readonly Permission[] = [
  'view_appointments',
  'view_customers',
  'view_services',
  'view_branches',
  'view_users',
];
const BRANCH = ROLE_PERMISSIONS.manager.filter((one) => !/_(balance|usage|activity|webhook_logs|settings)$/.test(one));
const LOOKERS: readonly Looker[] = [
  looker('super_admin', 'admin@askproai.test', 'platform'),
  looker('reseller_admin', 'reseller@demo.test', 'reseller'),
  looker('reseller_agent', 'agent@demo.test', 'reseller'),
  looker('admin', DEMO.salon.owner, 'business'),
  looker('manager', 'manager@salon-schoen.test', 'business'),
  looker('receptionist', 'receptionist@salon-schoen.test', 'business'),
  looker('staff', DEMO.salon.staff, 'business'),
  looker('portal_user', 'portal@salon-schoen.test', 'business'),
  {
    name: 'a narrow role of the salon’s own',
    email: 'narrow@salon-schoen.test',
    type: 'business',
    held: new Set(NARROW),
  },
  {
    name: 'the salon’s own role of one branch',
    email: 'prenzlberg@salon-schoen.test',
    type: 'business',
    held: new Set(BRANCH),
  },
];
/** Links that lead to what is made or changed. */
const FORMS = 'main a[href$="/create"], main a[href$="/edit"]';
/** Where the links lead that stand now. */
const hrefs = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((link) => link.getAttribute('href') ?? '')`,
  );
/** Roles with all that their kind of account has. */
const WHOLE: ReadonlySet<string> = new Set(['super_admin', 'admin']);
/** Buttons that are pressed on one page: more would be rows that all do the same. */
const MOST_BUTTONS = 8;
const BUTTONS = 'main button:not([disabled]):not([data-disabled])';

interface Declared {
  pattern: RegExp;
  method: string;
  permission: Permission | null;
}

describe.skipIf(!hasBrowser)('the panel by role', () => {
  const web = withBrowser();
  let declared: readonly Declared[] = [];

  beforeAll(async () => {
    const document = (await web.api('/api/openapi.json')).json() as {
      paths: Record<string, Record<string, { 'x-permission'?: Permission }>>;
    };
    declared = Object.entries(document.paths).flatMap(([route, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        pattern: new RegExp(`^${route.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
        method: method.toUpperCase(),
        permission: operation['x-permission'] ?? null,
      })),
    );
    const person = (id: string, tenantId: string, email: string, role: Role) => ({
      op: 'user',
      record: { id, tenantId, email, name: 'Kim Kolle', role, password: DEMO.password, language: 'de' },
    });
    const seeded = await web.instance.request('/api/dev/seed', {
      body: {
        operations: [
          person('usr_roles_agent', RESELLER, 'agent@demo.test', 'reseller_agent'),
          person('usr_roles_portal', SALON, 'portal@salon-schoen.test', 'portal_user'),
          person('usr_roles_narrow', SALON, 'narrow@salon-schoen.test', 'receptionist'),
          {
            op: 'role',
            tenantId: SALON,
            record: {
              id: 'rol_narrow',
              name: 'Aushilfe',
              description: null,
              baseRole: 'receptionist',
              permissions: NARROW,
              createdAt: 1_790_000_000_000,
              updatedAt: 1_790_000_000_000,
              version: 1,
              deletedAt: null,
            },
          },
          {
            op: 'grant',
            tenantId: SALON,
            userId: 'usr_roles_narrow',
            set: { customRoleId: 'rol_narrow' },
          },
        ],
      },
    });
    expect(seeded.status, seeded.text).toBe(200);
    expect((seeded.json() as { refused: unknown[] }).refused).toEqual([]);
  }, 60_000);

  it('is judged page by page: every address of routes.tsx stands in the table', () => {
    const source = readFileSync(path.join(projectRoot, 'web/admin/routes.tsx'), 'utf8');
    const lists = [...source.matchAll(/const (?:PROVISIONING|SETUP) = \[([^\]]+)\]/g)].flatMap(([, names = '']) =>
      [...names.matchAll(/'([^']+)'/g)].map(([, name]) => `/admin/${name}`),
    );
    const single = [...source.matchAll(/<Route path="([^"]+)"/g)].map(([, one = '']) => one.replace(/\/\*$/, ''));
    const known = new Set([...PAGES.map((page) => page.path), ...NOT_JUDGED]);
    expect([...lists, ...single].filter((one) => !known.has(one))).toEqual([]);
    expect(lists.length + single.length).toBeGreaterThan(20);
  });

  /** Changes never reach the product: what would be sent is written down and answered as refused. */
  async function catchChanges(context: BrowserContext): Promise<{ method: string; path: string }[]> {
    const caught: { method: string; path: string }[] = [];
    await context.route(/\/(api|customer)\//, async (route) => {
      const request = route.request();
      if (request.method() === 'GET') return route.continue();
      caught.push({ method: request.method(), path: new URL(request.url()).pathname });
      return route.fulfill({
        status: 422,
        contentType: 'application/json',
        body: JSON.stringify({
          success: false,
          error: { code: 'POLICY_VIOLATION', message: 'caught by the test', request_id: 'req_test' },
        }),
      });
    });
    return caught;
  }

  /** From page to page as links go, without starting the app anew. False: the page that stood there may still stand. */
  async function wentWithin(page: Page, to: string): Promise<boolean> {
    const left = '[data-left-by-the-test]';
    try {
      const isPanel = await page.evaluate<boolean>(`(() => {
        const heading = document.querySelector('main h1, main [role="alert"], main form');
        if (!heading || !/^\\/(admin|reseller)/.test(location.pathname)) return false;
        heading.setAttribute('data-left-by-the-test', '');
        history.pushState({ key: crypto.randomUUID() }, '', ${JSON.stringify(to)});
        dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
        return true;
      })()`);
      if (!isPanel) return false;
      await page.locator(left).waitFor({ state: 'detached', timeout: 3_000 });
      await page.locator('main h1, main [role="alert"], main form').first().waitFor();
      await hasLoaded(page, to);
      return new URL(page.url()).pathname === to.replace(/\?.*/, '');
    } catch {
      return false;
    }
  }

  async function goTo(page: Page, to: string): Promise<void> {
    if (await wentWithin(page, to)) return;
    // A button that was pressed may still be leading elsewhere: then once more, when it has arrived.
    for (let tries = 3; tries > 0; tries--) {
      const fault = await page.goto(web.base + to).then(
        () => null,
        (error: unknown) => error,
      );
      if (fault === null) break;
      if (tries === 1) throw fault;
      await page.waitForTimeout(300);
    }
    await page.locator('main h1, main [role="alert"], main form').first().waitFor();
    await hasLoaded(page, to);
  }
  async function isForbidden(page: Page): Promise<boolean> {
    const text = (await page.locator('main').innerText()).trim();
    return FORBIDDEN.some((one) => text.includes(one));
  }

  /**
   * Presses what can be pressed: buttons, what their menus hold, and what the dialogs they open end with. By script, because what is asked is
   * which command stands behind a button and not how it is reached.
   */
  async function pressEverything(page: Page, at: string): Promise<void> {
    const count = await page.evaluate<number>(`document.querySelectorAll(${JSON.stringify(BUTTONS)}).length`);
    for (let n = 0; n < Math.min(count, MOST_BUTTONS); n++) {
      // One that leads elsewhere takes the script with it.
      await page
        .evaluate(`(async () => {
        const rest = (ms) => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), ms));
        const button = document.querySelectorAll(${JSON.stringify(BUTTONS)})[${n}];
        button?.click();
        // What opens takes a moment to stand; everything else has happened by the next frame.
        await rest(button?.ariaHasPopup ? 60 : 10);
        const items = [...document.querySelectorAll('[role="menuitem"]:not(a)')].slice(0, 5);
        for (const item of items) item.click();
        if (items.length > 0) await rest(60);
        const last = [...document.querySelectorAll('[role="dialog"] button:not([disabled])')].at(-1);
        last?.click();
        if (last) await rest(60);
      })()`)
        .catch(() => undefined);
      await page.waitForLoadState().catch(() => undefined);
      await page.keyboard.press('Escape');
      if (new URL(page.url()).pathname !== at) await goTo(page, at);
    }
  }

  it.each(LOOKERS.map((one) => [one.name, one] as const))(
    '%s: pages, navigation and buttons are those of the role',
    async (name, { email, type, held }) => {
      const context = await web.signedIn(GERMAN_DESKTOP, email);
      const caught = await catchChanges(context);
      const page = await context.newPage();
      await page.goto(`${web.base}/admin/profile`);
      await page.locator('main h1').first().waitFor();
      const wrong: string[] = [];
      // Who holds everything of their kind of account presses nothing that would be refused.
      const presses = !WHOLE.has(name);

      const linked = await hrefs(page, `nav[aria-label="${de('nav.label')}"] a`);
      const expected = PAGES.filter(
        ({ permission, of, linked: isLinked }) =>
          isLinked && of.includes(type) && permission !== null && held.has(permission),
      ).map((one) => one.path);
      if (type === 'business' && held.has('view_balance')) expected.push('/portal');
      // The day’s page is for who sees appointments or watches the platform; for everybody else it says who they are.
      if (held.has(type === 'platform' ? 'view_alarms' : 'view_appointments') && type !== 'reseller')
        expected.push('/admin/start');
      expect([...new Set(linked)].sort()).toEqual(expected.sort());

      for (const { path: to, permission, of } of PAGES) {
        await goTo(page, to);
        const may = permission === null || held.has(permission);
        const shut = await isForbidden(page);
        if (may && of.includes(type) && shut) wrong.push(`${to}: says forbidden`);
        if (!may && !shut) wrong.push(`${to}: stands without ${permission}`);
        if (shut || !may || !of.includes(type)) continue;
        if (presses) await pressEverything(page, to);
        // What can be made and changed from here has to open.
        const links = await hrefs(page, FORMS);
        const [record = null] = await hrefs(page, 'main a.kit-row-link');
        if (record !== null) {
          await goTo(page, record);
          if (await isForbidden(page)) wrong.push(`${record}: a record of the list says forbidden`);
          links.push(...(await hrefs(page, FORMS)));
          if (presses) await pressEverything(page, record);
        }
        for (const link of [...new Set(links)].slice(0, 4)) {
          await goTo(page, link);
          if (await isForbidden(page)) wrong.push(`${link}: a link leads to what is forbidden`);
        }
      }
      for (const { method, path: asked } of caught) {
        const route = declared.find((one) => one.method === method && one.pattern.test(asked));
        if (route === undefined) wrong.push(`${method} ${asked}: no such route`);
        else if (route.permission !== null && !held.has(route.permission))
          wrong.push(`${method} ${asked}: a button asks for ${route.permission}`);
      }
      expect([...new Set(wrong)]).toEqual([]);
    },
    300_000,
  );

  it.each(LOOKS)('pages of roles and of an invitation with reach are well made: %s', async (name, look) => {
    const words = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    for (const [to, shown] of [
      ['/admin/roles', words('roles.title')],
      ['/admin/roles/manager', words('role.manager')],
      ['/admin/roles/create?base_role=manager&copy=manager', words('roles.create')],
      ['/admin/users/create', words('users.new_title')],
    ] as const) {
      await page.goto(web.base + to);
      await page.getByRole('heading', { name: shown, level: 1 }).waitFor();
      await isWellMade(web, page, `roles-${name}-${to.split('/').slice(2).join('-').replace(/\?.*/, '')}`);
    }
  });

  it('a role is copied, changed, given to somebody with a branch, and counts from their next click', async () => {
    const owner = await (await web.signedIn()).newPage();
    await owner.goto(`${web.base}/admin/roles/receptionist`);
    await owner.getByRole('link', { name: de('roles.copy') }).click();
    await owner.getByLabel(de('roles.name'), { exact: true }).fill('Empfang ohne Anrufe');
    const calls = owner.getByLabel(`${de('scope.of.calls')}: ${de('scope.action.view')}`, { exact: true });
    await expect.poll(() => calls.isChecked()).toBe(true);
    await owner.getByLabel(de('roles.search')).fill(de('scope.of.calls'));
    await calls.uncheck();
    await owner.getByRole('button', { name: de('kit.save') }).click();
    await owner.getByRole('heading', { name: 'Empfang ohne Anrufe', level: 1 }).waitFor();
    expect(await owner.getByText(de('roles.nobody')).count()).toBe(1);

    const rosa = await (await web.signedIn(GERMAN_DESKTOP, 'receptionist@salon-schoen.test')).newPage();
    await rosa.goto(`${web.base}/admin/calls`);
    await rosa.locator('.kit-table').waitFor();

    await owner.goto(`${web.base}/admin/users`);
    await owner.getByRole('link', { name: 'Rosa Empfang' }).click();
    await owner.getByRole('link', { name: de('kit.edit') }).click();
    await owner.getByLabel(de('users.role'), { exact: true }).selectOption({ label: 'Empfang ohne Anrufe' });
    await owner.getByLabel('Salon Schön Prenzlauer Berg').check();
    await owner.getByRole('button', { name: de('kit.save') }).click();
    await owner.getByRole('heading', { name: 'Rosa Empfang', level: 1 }).waitFor();
    await owner.getByText('Empfang ohne Anrufe').first().waitFor();

    await rosa.reload();
    await rosa.getByText(de('calls.forbidden_title')).waitFor();
    await rosa.goto(`${web.base}/admin/branches`);
    await rosa.locator('.kit-row-link').first().waitFor();
    expect(await rosa.locator('.kit-row-link').count()).toBe(1);
  });
});
