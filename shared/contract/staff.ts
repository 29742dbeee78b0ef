/** Staff: the people who do what is booked. */
import { z } from 'zod';
import { activeFilter, colour, masterData, nameSearch } from './master-data.ts';
import { idField, idParam, lineText, personName } from './parts.ts';

export const staffBody = z.object({
  first_name: personName(120).min(1).meta({ example: 'Anna' }),
  last_name: personName(120).default(''),
  branch_ids: z.array(idField('branch')).min(1).max(50),
  active: z.boolean().default(true),
  email: lineText(254).nullable().default(null),
  languages: z.array(lineText(8)).max(12).default([]),
  colour: colour(),
  calcom_user_id: lineText(64).nullable().default(null).meta({ 'x-external-id': true }),
  /** who signs in as this person: somebody of the role `staff` sees the appointments of the people linked to them */
  user_id: idField('user').nullable().default(null),
  /** ways a caller may name the person besides the first name */
  aliases: z.array(lineText(80).min(1)).max(20).default([]),
});

export const staff = masterData('staff', staffBody, {
  sorts: ['id', 'name', 'updated_at'],
  filters: { q: nameSearch(), active: activeFilter(), branch_id: idParam('branch').optional() },
});
export type StaffView = z.infer<typeof staff.view>;
