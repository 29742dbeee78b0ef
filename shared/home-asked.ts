/** Pure: who has a page of the day, and what it asks first. Apart from page-data.ts, which comes with every page. Read by first-requests.ts and the page itself. */
import type { Me } from './contract/identity.ts';
import type { FigureName } from './figure-names.ts';

export const FIGURES = '/api/v1/figures';

/** What the day's page counts, in one request. */
const HOME_FIGURES: readonly FigureName[] = [
  'appointments_today',
  'appointments_over',
  'appointments_pending',
  'calls_today',
  'calls_ongoing',
  'calls_booked',
  'callbacks_open',
  'callbacks_due',
  'notifications_failed',
  'conflicts_open',
];
/** The API's query of it: as of now, because what was just settled on another page must not stand there. */
export const HOME_FIGURES_ASKED = { names: HOME_FIGURES.join(','), max_age: 0 };

/** Whether the start page is that of the day: of a business that has a branch, for who may see its appointments or calls. */
export const hasDay = (me: Pick<Me, 'permissions' | 'tenant' | 'branches'>): boolean =>
  me.tenant.type === 'business' &&
  me.branches.length > 0 &&
  ['view_appointments', 'view_calls'].some((permission) => me.permissions.includes(permission));
