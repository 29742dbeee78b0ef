/** Branches: the places, each with its clock, its country and its holidays. */
import { z } from 'zod';
import { isZone } from '../time.ts';
import { activeFilter, masterData, nameSearch } from './master-data.ts';
import { idField, idParam, lineText } from './parts.ts';

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
  /** whose branch it is; null on a new one: the company of the main branch */
  company_id: idField('company').nullable().default(null),
  /** the company's main branch: the default where none is named */
  main: z.boolean().default(false),
  active: z.boolean().default(true),
  address: z
    .object({ street: lineText(200), postal_code: lineText(20), city: lineText(120) })
    .nullable()
    .default(null),
  /** degrees of WGS 84, as maps show them */
  coordinates: z
    .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .nullable()
    .default(null)
    .meta({ description: 'degrees of WGS 84', example: { latitude: 52.52, longitude: 13.405 } }),
  service_radius_km: z.int().min(1).max(500).nullable().default(null).meta({
    description: 'trades that drive to their customers: how far; said to callers, no address is measured',
  }),
  transport_info: z.string().trim().max(500).nullable().default(null).meta({
    description: 'how to get there, as the agent says it to callers',
    example: 'U2 Senefelderplatz, Ausgang Schwedter Straße; Parkhaus gegenüber',
  }),
  phone: lineText(32).nullable().default(null),
  area_code: lineText(8).nullable().default(null),
  fill_short_gaps: z.boolean().default(true).meta({
    description: 'a stretch of free time too short to hold a start of the slot step offers its first minute',
  }),
});

export const branches = masterData('branch', branchBody, {
  sorts: ['id', 'name', 'updated_at'],
  filters: { q: nameSearch(), active: activeFilter(), company_id: idParam('company').optional() },
});
export type BranchView = z.infer<typeof branches.view>;
