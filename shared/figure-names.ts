/** What is counted for lists' heads, the navigation and the home page, without zod: declared by workers/figures/, named by pages. */
import type { Permission } from './permissions.ts';

export type FigureUnit = 'count' | 'percent' | 'seconds';

interface Figure {
  /** what its reader must be allowed */
  permission: Permission;
  unit: FigureUnit;
  /** the period it names: the account's day, so many days up to now, or none: what is there now */
  period: 'today' | number | null;
}

/** Each figure once. The query of each is in workers/storage/queries/figures.ts. */
export const FIGURES = {
  customers_total: { permission: 'view_customers', unit: 'count', period: null },
  customers_new: { permission: 'view_customers', unit: 'count', period: 30 },
  customers_vip: { permission: 'view_customers', unit: 'count', period: null },
  appointments_today: { permission: 'view_appointments', unit: 'count', period: 'today' },
  appointments_over: { permission: 'view_appointments', unit: 'count', period: 'today' },
  appointments_pending: { permission: 'view_appointments', unit: 'count', period: null },
  appointments_no_show: { permission: 'view_appointments', unit: 'count', period: 30 },
  calls_today: { permission: 'view_calls', unit: 'count', period: 'today' },
  calls_ongoing: { permission: 'view_calls', unit: 'count', period: null },
  calls_booked: { permission: 'view_calls', unit: 'percent', period: 7 },
  calls_length: { permission: 'view_calls', unit: 'seconds', period: 7 },
  calls_negative: { permission: 'view_calls', unit: 'count', period: 7 },
  calls_unreviewed: { permission: 'view_calls', unit: 'count', period: 7 },
  callbacks_open: { permission: 'view_callback_requests', unit: 'count', period: null },
  callbacks_due: { permission: 'view_callback_requests', unit: 'count', period: null },
  notifications_failed: { permission: 'view_notifications', unit: 'count', period: 7 },
  conflicts_open: { permission: 'view_calcom', unit: 'count', period: null },
  staff_active: { permission: 'view_staff', unit: 'count', period: null },
  services_active: { permission: 'view_services', unit: 'count', period: null },
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as [FigureName, ...FigureName[]];

/** A figure may be this old, seconds, unless a younger one is asked for. */
export const FIGURE_MAX_AGE = 60;
/** The longest period that a figure is counted over. */
export const MAX_FIGURE_DAYS = 92;
