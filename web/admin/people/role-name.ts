/** Pure: what a role is called: ours by a word of the catalogue, a tenant's own by its name. Used by the pages of roles and users. */
import { isRole } from '../../../shared/permissions.ts';
import type { Words } from '../admin-context.tsx';

interface NamedRole {
  id: string;
  name: string;
  built_in: boolean;
}

/** @param role as the list of roles has it */
export const roleName = ({ id, name, built_in }: NamedRole, { t }: Pick<Words, 't'>): string =>
  built_in && isRole(id) ? t(`role.${id}`) : name;
