/** Pure: rights in the order in which people look for them: areas of work, what is in each, what may be done with it. Drawn by rights-matrix.tsx. */
import { CEILINGS, type Permission } from '../../../shared/permissions.ts';
import type { TenantType } from '../../../shared/tenant-status.ts';

export const AREAS = ['daily', 'setup', 'money', 'messages', 'account', 'platform'] as const;
export type Area = (typeof AREAS)[number];

/** Of each resource its area; what is named nowhere is the account's. */
const AREA_OF: Readonly<Record<string, Area>> = Object.fromEntries(
  (
    [
      [
        'daily',
        'appointments availability holds waitlist customers notes medical_notes consents tags calls transcripts recordings callback_requests calcom',
      ],
      [
        'setup',
        'services staff resources working_hours exceptions policies branches companies retell_agents phone_numbers integrations settings',
      ],
      [
        'money',
        'balance transactions topups payment_methods bonus_tiers pricing_plans usage invoices financial_reports reports exchange_rates',
      ],
      [
        'messages',
        'notifications notification_templates notification_configurations workflows segments campaigns reviews',
      ],
      [
        'platform',
        'tenants brands domains commissions payouts platform_costs queues jobs crons alarms objects health number_pool',
      ],
    ] as const
  ).flatMap(([area, names]) => names.split(' ').map((name) => [name, area] as const)),
);

/** A resource with what may be done with it. */
export interface RightsRow {
  resource: string;
  permissions: readonly Permission[];
}

const resourceOf = (permission: string): string => permission.slice(permission.indexOf('_') + 1);
export const actionOf = (permission: string): string => permission.slice(0, permission.indexOf('_'));

/** All rights that this kind of account can have, by area; areas without any are left out. */
export function rightsOf(type: TenantType): readonly { area: Area; rows: readonly RightsRow[] }[] {
  const rows = new Map<string, Permission[]>();
  for (const permission of CEILINGS[type]) {
    const resource = resourceOf(permission);
    rows.set(resource, [...(rows.get(resource) ?? []), permission]);
  }
  return AREAS.map((area) => ({
    area,
    rows: [...rows]
      .filter(([resource]) => (AREA_OF[resource] ?? 'account') === area)
      .map(([resource, permissions]) => ({ resource, permissions })),
  })).filter((one) => one.rows.length > 0);
}
