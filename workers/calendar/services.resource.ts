/** Services as a resource. Mounted through routes.ts. */
import { MAX_APPOINTMENT_MINUTES } from '../../shared/calendar-limits.ts';
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { services } from '../../shared/contract/services.ts';
import { defineResource } from '../resources/define.ts';
import { chainMinutes } from './engine/terms.ts';
import { companyOf, headOf, inCompany, scheduleBacking } from './schedule-backing.ts';

/** What was saved before a setting existed has it as the phone reads it. */
const BEFORE_SETTINGS = { priceKnown: true, branchOverrides: [] };

/** A composite service is as long as its parts, whatever length was sent. */
const withOwnLength = <B extends Parameters<typeof chainMinutes>[0] & { durationMinutes: number }>(body: B): B => ({
  ...body,
  // Parts that make more than a day are refused as parts.
  durationMinutes: Math.min(chainMinutes(body) ?? body.durationMinutes, MAX_APPOINTMENT_MINUTES),
});

export const servicesResource = defineResource({
  noun: 'service',
  path: '/api/v1/services',
  collection: 'services',
  words: { one: 'a service', many: 'services' },
  permissions: {
    view: 'view_services',
    create: 'create_services',
    edit: 'edit_services',
    remove: 'delete_services',
    export: 'view_services',
  },
  contract: { ...services, item: services.view },
  canStrand: true,
  backing: scheduleBacking(services, {
    kind: 'service',
    items: (schedule) => schedule.services,
    stored: (body, schedule) =>
      inCompany(withOwnLength(toInside(services.body, body)), companyOf(schedule, body.branch_ids[0])),
    shown: (item) => toOutside(services.view, { ...BEFORE_SETTINGS, ...headOf(item), ...item.body }),
    derived: { members: ['companyId'], from: ['branch_ids'] },
  }),
  columns: {
    id: (one) => one.id,
    name: (one) => one.name.de,
    category: (one) => one.category,
    duration_minutes: (one) => one.duration_minutes,
    price_cents: (one) => one.price_cents,
    currency: (one) => one.currency,
    active: (one) => one.active,
    online_bookable: (one) => one.online_bookable,
    updated_at: (one) => one.updated_at,
  },
});
