/** Branches: the places, each with its clock, its country and its holidays. */
import { z } from 'zod';
import { isZone } from '../time.ts';
import { activeFilter, masterData, nameSearch } from './master-data.ts';
import { lineText } from './parts.ts';

export const branchBody = z.object({
  name: lineText(120).min(1).meta({ example: 'Berlin-Mitte' }),
  time_zone: z.string().max(64).refine(isZone, { error: 'not an IANA time zone' }).meta({ example: 'Europe/Berlin' }),
  /** ISO 3166-1 alpha-2; with phone area code the default for reading phone numbers */
  country: z
    .string()
    .length(2)
    .regex(/^[A-Z]+$/)
    .meta({ example: 'DE' }),
  /** ISO 3166-2 holiday region, e.g. `DE-BE`; null: no public holidays */
  holiday_region: lineText(10).nullable().default(null),
  closed_on_holidays: z.boolean().default(true),
  /** the company's main branch: the default where none is named */
  main: z.boolean().default(false),
  active: z.boolean().default(true),
  address: z
    .object({ street: lineText(200), postal_code: lineText(20), city: lineText(120) })
    .nullable()
    .default(null),
  phone: lineText(32).nullable().default(null),
  area_code: lineText(8).nullable().default(null),
  fill_short_gaps: z.boolean().default(true).meta({
    description: 'a stretch of free time too short to hold a start of the slot step offers its first minute',
  }),
});
export type BranchRequest = z.input<typeof branchBody>;

export const branches = masterData('branch', branchBody, {
  sorts: ['id', 'name', 'updated_at'],
  filters: { q: nameSearch(), active: activeFilter() },
});
export type BranchView = z.infer<typeof branches.view>;
