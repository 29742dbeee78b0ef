/** Tags that a business puts on its customers. Read by crm/, the web apps (types only) and tests. */
import { z } from 'zod';
import { nameSearch } from './master-data.ts';
import { idOut, instantOut, lineText } from './parts.ts';
import { NAMED_SORTS, resourceQuery } from './resource-list.ts';

const MAX_NAME = 60;

/** A tag as every answer shows one. */
export const tag = z.object({
  id: idOut('tag'),
  name: z.string(),
  created_at: instantOut(),
  version: z.int(),
  /** removed 30 days later, until then it can be restored */
  deleted_at: instantOut().nullable(),
});
export type Tag = z.infer<typeof tag>;

export const tagFields = z.object({ name: lineText(MAX_NAME).min(1).meta({ example: 'Stammkundin' }) });
export type TagFields = z.infer<typeof tagFields>;

export const tagChange = tagFields.partial();
export type TagChange = z.infer<typeof tagChange>;

export const tagQuery = resourceQuery(NAMED_SORTS).extend({ q: nameSearch() });
