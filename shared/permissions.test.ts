import { describe, expect, it } from 'vitest';
import { languageOfHeader } from './i18n/language.ts';
import { isPermission, PERMISSIONS, ROLE_PERMISSIONS, ROLES } from './permissions.ts';

describe('permissions', () => {
  it('are more than a hundred, each once, named action_resource', () => {
    expect(PERMISSIONS.length).toBeGreaterThan(100);
    expect(new Set(PERMISSIONS).size).toBe(PERMISSIONS.length);
    for (const permission of PERMISSIONS) expect(permission).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(isPermission('view_everything')).toBe(false);
  });

  it('each role holds known permissions, each once, and no more than the operator', () => {
    for (const role of ROLES) {
      const held = ROLE_PERMISSIONS[role];
      expect(new Set(held).size, role).toBe(held.length);
      expect(held.every(isPermission), role).toBe(true);
    }
    expect(ROLE_PERMISSIONS.super_admin).toEqual(PERMISSIONS);
  });

  it('manager, receptionist and staff hold no more than their owner', () => {
    const owner = new Set(ROLE_PERMISSIONS.admin);
    for (const role of ['manager', 'receptionist', 'staff', 'portal_user'] as const) {
      expect(
        ROLE_PERMISSIONS[role].filter((p) => !owner.has(p)),
        role,
      ).toEqual([]);
    }
  });

  it('a manager has no finance settings, staff delete nothing', () => {
    expect(ROLE_PERMISSIONS.manager.filter((p) => /topups|payment_methods|pricing|invoices/.test(p))).toEqual([]);
    expect(ROLE_PERMISSIONS.staff.filter((p) => p.startsWith('delete_'))).toEqual([]);
  });

  it('who looks after a reseller’s customers has no users, keys and payouts, and else what the reseller has', () => {
    const agent = ROLE_PERMISSIONS.reseller_agent;
    expect(agent.filter((p) => /_(users|api_keys|payouts)$/.test(p))).toEqual([]);
    expect(agent).toEqual(expect.arrayContaining(['view_tenants', 'edit_tenants', 'view_balance']));
    expect(ROLE_PERMISSIONS.reseller_admin).toEqual(expect.arrayContaining([...agent]));
  });

  it('only the operator sees costs, credits money that nobody paid in, and changes tiers and invoices', () => {
    const operators =
      /platform_costs|_crons$|^manage_topups$|^create_transactions$|(create|edit|delete)_(bonus_tiers|invoices|exchange_rates)/;
    for (const role of ROLES) {
      if (role !== 'super_admin')
        expect(
          ROLE_PERMISSIONS[role].filter((p) => operators.test(p)),
          role,
        ).toEqual([]);
    }
  });

  it('a business does not set its own prices', () => {
    expect(ROLE_PERMISSIONS.admin.filter((p) => /_(pricing_plans|tenants|commissions|payouts)$/.test(p))).toEqual([
      'view_pricing_plans',
    ]);
  });
});

describe('language of a header', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr,en;q=0.5', 'en'],
    ['en;q=0.4,de;q=0.6', 'de'],
    ['fr', null],
    ['', null],
    [undefined, null],
    ['de;q=0', null],
  ])('%s → %s', (header, language) => {
    expect(languageOfHeader(header)).toBe(language);
  });
});
