/** Working hours by weekday, of a person, a resource or a branch, and the exceptions that win over them. */
import { z } from 'zod';
import { EXCEPTION_KINDS } from '../schedule-sets.ts';
import { masterData, wallPeriod } from './master-data.ts';
import { idField, idParam, wallDate, wallTime } from './parts.ts';

const SORTS = ['id', 'updated_at'] as const;
/** Filters by whose they are. */
const owners = () => ({
  staff_id: idParam('staff').optional(),
  resource_id: idParam('resource').optional(),
  branch_id: idParam('branch').optional(),
});

/** Several items may refer to one weekday; their periods unite, breaks are cut out of their own item's periods. */
export const hoursBody = z.object({
  staff_id: idField('staff').nullable().default(null),
  resource_id: idField('resource').nullable().default(null),
  branch_id: idField('branch')
    .nullable()
    .default(null)
    .meta({ description: 'alone: the branch’s own hours; with staff_id: that person’s hours at this branch' }),
  day_of_week: z.int().min(0).max(6).meta({ description: '0 = Sunday', example: 2 }),
  periods: z.array(wallPeriod()).min(1).max(12),
  breaks: z.array(wallPeriod()).max(12).default([]),
  valid_from: wallDate().nullable().default(null),
  /** inclusive */
  valid_until: wallDate().nullable().default(null),
});

export const hours = masterData('hours', hoursBody, { sorts: SORTS, filters: owners() });
export type HoursView = z.infer<typeof hours.view>;

/**
 * What wins over the weekly hours. `extra_shift` adds (branch: special opening, also on a public holiday; staff: within the branch's
 * opening unless `outside_branch_hours`); every other kind takes away, and wins over extra shifts. On a resource any kind that takes
 * away makes it unavailable.
 */
export const exceptionBody = z.object({
  staff_id: idField('staff').nullable().default(null),
  resource_id: idField('resource').nullable().default(null),
  branch_id: idField('branch').nullable().default(null).meta({ description: 'none of the three: the whole company' }),
  kind: z.enum(EXCEPTION_KINDS),
  from_date: wallDate().meta({ example: '2027-08-02' }),
  /** inclusive */
  to_date: wallDate().meta({ example: '2027-08-13' }),
  /** both null: whole days; else that time of each of the days */
  from_time: wallTime().nullable().default(null),
  to_time: wallTime().nullable().default(null),
  outside_branch_hours: z.boolean().default(false),
  /** shown to colleagues, never to callers */
  note: z.string().trim().max(300).nullable().default(null),
});

export type ExceptionRequest = z.input<typeof exceptionBody>;
export const exceptions = masterData('exception', exceptionBody, {
  sorts: [...SORTS, 'from_date'],
  filters: {
    ...owners(),
    ends_from: wallDate().optional().meta({ description: 'those that end on this day or later' }),
  },
});
export type ExceptionView = z.infer<typeof exceptions.view>;
