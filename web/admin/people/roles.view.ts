/** How roles look in the panel: list, one with its rights and who has it, the form with the matrix of rights. */
import type { RoleView } from '../../../shared/contract/roles.ts';
import { isRole, ROLES_OF } from '../../../shared/permissions.ts';
import type { SignedInMe } from '../../ui/use-session.ts';
import { defineView, type Display, type View } from '../kit/view.ts';
import { ALL_TAB, DELETED_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';
import { RightsField, RightsList } from './rights-matrix.tsx';
import { roleName } from './role-name.ts';
import { RolePeople } from './role-people.tsx';

const kind: Display<RoleView> = {
  kind: 'badge',
  of: (row) =>
    row.built_in
      ? { look: { tone: 'gray', icon: 'star' }, word: 'roles.kind.built_in' }
      : { look: { tone: 'info', icon: 'team' }, word: 'roles.kind.own' },
};
const base: Display<RoleView> = {
  kind: 'text',
  of: (row, { t }) => (isRole(row.base_role) ? t(`role.${row.base_role}`) : null),
};
const rights: Display<RoleView> = { kind: 'text', of: (row) => String(row.permissions.length) };
const people: Display<RoleView> = { kind: 'text', of: (row) => String(row.user_count) };

/** Of the person who looks: what holds more than they do is not theirs to change. */
export const rolesViewFor = (me: SignedInMe): View<RoleView> =>
  defineView<RoleView>({
    resource: 'roles',
    path: '/admin/roles',
    icon: 'team',
    permissions: { view: 'view_roles', create: 'create_roles', edit: 'edit_roles', delete: 'delete_roles' },
    isFixed: (row) => row.built_in || !row.permissions.every((one) => me.permissions.includes(one)),
    name: roleName,
    texts: {
      ...RECORD_TEXTS,
      title: 'roles.title',
      create: 'roles.create',
      new_title: 'roles.create',
      back: 'roles.back',
      empty_title: 'roles.empty_title',
      empty_hint: 'roles.empty_hint',
      forbidden: 'roles.forbidden',
      reasons: (reason) => `roles.reason.${reason}`,
    },
    first: { label: 'roles.name' },
    columns: [
      { label: 'roles.kind', show: kind, place: 'aside' },
      { label: 'roles.base', show: base, place: 'under' },
      { label: 'roles.count', show: rights },
      { label: 'roles.people', show: people, place: 'end' },
    ],
    order: 'name',
    tabs: [ALL_TAB, DELETED_TAB],
    filters: [],
    facts: [
      { label: 'roles.kind', show: kind },
      { label: 'roles.base', show: base },
      { label: 'roles.count', show: rights },
    ],
    actions: [
      {
        label: 'roles.copy',
        icon: 'copy',
        permission: 'create_roles',
        to: (row) =>
          `/admin/roles/create?base_role=${encodeURIComponent(row.base_role)}&copy=${encodeURIComponent(row.id)}`,
      },
    ],
    main: [
      { kind: 'text', title: 'roles.description', of: (row) => row.description },
      { kind: 'component', title: 'roles.rights', component: RightsList },
    ],
    side: [{ kind: 'component', title: 'roles.people_title', component: RolePeople }],
    start: () => ({ base_role: ROLES_OF[me.tenant.type][1] ?? ROLES_OF[me.tenant.type][0] ?? '' }),
    form: [
      {
        title: 'roles.section',
        hint: 'roles.section_hint',
        fields: [
          { name: 'name', kind: 'text', label: 'roles.name', maxLength: 60, problem: 'roles.name_problem' },
          {
            name: 'description',
            kind: 'area',
            label: 'roles.description',
            hint: 'roles.description_hint',
            maxLength: 300,
          },
          {
            name: 'base_role',
            kind: 'choice',
            label: 'roles.base',
            hint: 'roles.base_hint',
            options: ROLES_OF[me.tenant.type].map((one) => ({ value: one, label: `role.${one}` as const })),
            isShown: (_values, row) => row === null,
          },
        ],
      },
      {
        title: 'roles.rights',
        hint: 'roles.rights_hint',
        fields: [
          {
            name: 'permissions',
            kind: 'drawn',
            label: 'roles.rights',
            problem: 'roles.rights_problem',
            component: RightsField,
          },
        ],
      },
    ],
  });
