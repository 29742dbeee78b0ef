/** What the home page can show below its first screen, without zod: each widget once, with who may see it and what is counted for it. Read by workers/figures/, preferences and the panel. */
import type { Permission } from './permissions.ts';
import type { TenantType } from './tenant-status.ts';

/** Every zone's clock is a multiple of it away from UTC: days and hours of any clock are made of whole ones. */
export const QUARTER_MS = 900_000;

/** How what is counted is put together: by day or week of the account's clock, by weekday and hour, or by a property. */
export type CountedBy = 'day' | 'week' | 'hour' | 'property';

interface Counted {
  by: CountedBy;
  /** days of the period, today the last of them; `ahead`: so many days more */
  days: number;
  ahead?: number;
  /** what the numbers of a point are, in their order */
  columns: readonly string[];
}

interface Widget {
  /** what its reader must be allowed */
  permission: Permission;
  of: TenantType;
  /** left out: it is drawn from a list or a status that has a route of its own */
  counted?: Counted;
}

/** Each widget once, in the order in which a new account finds them. The query of each counted one is in workers/storage/queries/widgets.ts. */
export const WIDGETS = {
  totals: { permission: 'view_appointments', of: 'business' },
  conversion: {
    permission: 'view_calls',
    of: 'business',
    counted: { by: 'day', days: 30, columns: ['booked', 'calls'] },
  },
  call_outcomes: {
    permission: 'view_calls',
    of: 'business',
    counted: { by: 'property', days: 30, columns: ['calls'] },
  },
  peak_hours: { permission: 'view_calls', of: 'business', counted: { by: 'hour', days: 28, columns: ['calls'] } },
  staff_utilisation: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'property', days: 7, columns: ['booked_minutes', 'working_minutes'] },
  },
  booking_sources: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'property', days: 30, columns: ['appointments'] },
  },
  top_services: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'property', days: 30, columns: ['appointments'] },
  },
  no_show_rate: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'week', days: 56, columns: ['missed', 'due'] },
  },
  customers_new: {
    permission: 'view_customers',
    of: 'business',
    counted: { by: 'day', days: 30, columns: ['customers'] },
  },
  recent_appointments: { permission: 'view_appointments', of: 'business' },
  recent_calls: { permission: 'view_calls', of: 'business' },
  recent_customers: { permission: 'view_customers', of: 'business' },
  ongoing_calls: { permission: 'view_calls', of: 'business' },
  callbacks: { permission: 'view_callback_requests', of: 'business' },
  company_overview: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'property', days: 30, columns: ['appointments', 'branches', 'staff', 'services'] },
  },
  company_growth: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'week', days: 84, columns: ['appointments'] },
  },
  sentiment: { permission: 'view_calls', of: 'business', counted: { by: 'property', days: 30, columns: ['calls'] } },
  call_length: {
    permission: 'view_calls',
    of: 'business',
    counted: { by: 'day', days: 30, columns: ['seconds', 'calls'] },
  },
  changes: {
    permission: 'view_appointments',
    of: 'business',
    counted: { by: 'property', days: 30, columns: ['changes'] },
  },
  messages: {
    permission: 'view_notifications',
    of: 'business',
    counted: { by: 'property', days: 30, columns: ['messages'] },
  },
  calcom_sync: {
    permission: 'view_calcom',
    of: 'business',
    counted: { by: 'property', days: 7, ahead: 30, columns: ['appointments'] },
  },
  integrations: { permission: 'view_integrations', of: 'business' },
  queues: { permission: 'view_alarms', of: 'platform' },
  webhook_success: { permission: 'view_health', of: 'platform' },
} as const satisfies Readonly<Record<string, Widget>>;

export type WidgetName = keyof typeof WIDGETS;
export const WIDGET_NAMES = Object.keys(WIDGETS) as [WidgetName, ...WidgetName[]];

/** Those whose numbers `GET /api/v1/widgets` counts. */
export type CountedName = {
  [N in WidgetName]: (typeof WIDGETS)[N] extends { counted: Counted } ? N : never;
}[WidgetName];
/** How a widget is counted; null: it is not. */
export const countedOf = (name: WidgetName): Counted | null => (WIDGETS[name] as Widget).counted ?? null;
export const COUNTED_NAMES = WIDGET_NAMES.filter((name) => countedOf(name) !== null) as [CountedName, ...CountedName[]];

/** So many are shown to who has arranged nothing. */
export const SHOWN_AT_FIRST = 10;
/** Widgets of one request: all of them are one statement, and D1 binds a hundred values. */
export const MAX_WIDGETS_ASKED = 6;
