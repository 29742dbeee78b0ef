/** Roles: those of ours, which nobody changes, and the ones a tenant has made. Read by workers/identity/, the panel and tests. */
import { z } from 'zod';
import { PERMISSIONS, type Permission, ROLES } from '../permissions.ts';
import { idOut, instantOut, lineText, page } from './parts.ts';

const MAX_NAME = 60;
const MAX_DESCRIPTION = 300;

/** A role as every answer shows one. One of ours has its name as its id, no instants and no version of anybody's. */
export const roleView = z.object({
  id: idOut('role'),
  name: z.string(),
  description: z.string().nullable(),
  /** decides the app */
  base_role: z.enum(ROLES),
  permissions: z.array(z.string()),
  /** one of ours: to be copied, never changed */
  built_in: z.boolean(),
  user_count: z.int().meta({ description: 'how many people have it' }),
  created_at: instantOut().nullable(),
  updated_at: instantOut().nullable(),
  version: z.int(),
  deleted_at: instantOut().nullable(),
});
export type RoleView = z.infer<typeof roleView>;

/** One role with who has it; empty without `view_users`. */
export const roleDetailView = roleView.extend({
  users: z.array(z.object({ id: idOut('user'), name: z.string(), disabled: z.boolean() })),
});
export type RoleDetailView = z.infer<typeof roleDetailView>;

const permissions = z
  .array(z.enum(PERMISSIONS as [Permission, ...Permission[]]))
  .max(PERMISSIONS.length)
  .meta({ example: ['view_appointments'], description: 'of those that this kind of account has and the maker holds' });
const said = {
  name: lineText(MAX_NAME).min(1).meta({ example: 'Auszubildende' }),
  description: lineText(MAX_DESCRIPTION).nullable(),
  permissions,
};
export const roleFields = z.object({
  ...said,
  description: said.description.default(null),
  base_role: z.enum(ROLES).meta({
    example: 'staff',
    description: 'a role of this kind of account: it decides the app, and `staff` sees only its own',
  }),
});
export type RoleFields = z.infer<typeof roleFields>;
/** What a role is based on stays: on another one it is another role. */
export const roleChange = z.object(said).partial();
export type RoleChange = z.infer<typeof roleChange>;

/** Ours first, then by name: the one order there is, which the panel's lists name. The list is whole. */
export const roleListQuery = page().extend({
  sort: z.enum(['name']).default('name'),
  deleted: z.enum(['true', 'false']).default('false'),
});
