/** What the tags' commands, job step and resource share. */
import { tags } from '../storage/tables/crm.ts';

export const TAG_KIND = { noun: 'tag', log: 'tags', table: tags } as const;
