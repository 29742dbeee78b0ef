/** Resources of a branch that appointments take: rooms and equipment. */
import { z } from 'zod';
import { RESOURCE_TYPES } from '../schedule-sets.ts';
import { activeFilter, masterData, nameSearch } from './master-data.ts';
import { idField, idParam, lineText } from './parts.ts';

export const resourceBody = z.object({
  branch_id: idField('branch'),
  name: lineText(120).min(1).meta({ example: 'Raum 1' }),
  type: z.enum(RESOURCE_TYPES),
  /** units usable at the same time */
  capacity: z.int().min(1).max(1_000).default(1),
  active: z.boolean().default(true),
});

export const resources = masterData('resource', resourceBody, {
  sorts: ['id', 'name', 'updated_at'],
  filters: { q: nameSearch(), active: activeFilter(), branch_id: idParam('branch').optional() },
});
export type ResourceView = z.infer<typeof resources.view>;
