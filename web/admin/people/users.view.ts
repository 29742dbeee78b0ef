/** How users look in the panel: list, one with what may be done about their access, the form of an invitation. */
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { isRole, ROLE_PERMISSIONS, ROLES_OF } from '../../../shared/permissions.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { SignedInMe } from '../../ui/use-session.ts';
import { defineView, type Display, type FormSection, type View } from '../kit/view.ts';
import { branchReference, companyReference, staffReference } from '../setup/references.ts';
import { ALL_TAB, RECORD_TEXTS, technical } from '../setup/shared-parts.ts';
import { roleName } from './role-name.ts';
import { UserAccess, userReason } from './user-access.tsx';

const LOOKS: Readonly<Record<UserAccountView['status'], StatusLook>> = {
  invited: { tone: 'info', icon: 'clock' },
  active: { tone: 'success', icon: 'check' },
  disabled: { tone: 'gray', icon: 'cross' },
};

const status: Display<UserAccountView> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.status], word: `users.status.${row.status}` }),
};
const role: Display<UserAccountView> = {
  kind: 'text',
  of: (row, { t }) => row.role_name ?? (isRole(row.role) ? t(`role.${row.role}`) : row.role),
};
/** Names of what somebody is bound to, in a few words. */
const reach: Display<UserAccountView> = {
  kind: 'text',
  of: ({ company_ids, branch_ids, own_only }, { t }, names) => {
    const named = [
      ...(company_ids ?? []).map((id) => names(companyReference, id)),
      ...(branch_ids ?? []).map((id) => names(branchReference, id)),
      own_only ? t('users.only_own') : null,
    ].filter((name) => name !== null);
    return named.length === 0 && company_ids === null && branch_ids === null ? t('users.everything') : named.join(', ');
  },
};
const person: Display<UserAccountView> = {
  kind: 'references',
  to: staffReference,
  of: ({ staff_id }) => (staff_id === null ? [] : [staff_id]),
  none: 'users.no_person',
};

/** A list of ids as it is sent: none chosen is no bound. */
const bound = (ids: readonly string[]): readonly string[] | null => (ids.length === 0 ? null : ids);
const email: Display<UserAccountView> = { kind: 'email', of: (row) => row.email };
const secondFactor: Display<UserAccountView> = {
  kind: 'text',
  of: (row, { t }) => (row.second_factor ? t('users.factor_on') : t('users.factor_off')),
};
const lastSignIn: Display<UserAccountView> = { kind: 'instant', of: (row) => row.last_sign_in_at };

/** A role that may be given: of the list of roles, or one of ours where that list may not be read. */
export interface GivenRole {
  id: string;
  name: string;
  built_in: boolean;
  base_role: string;
  permissions: readonly string[];
}

/** Our own roles of this kind of account, as the list has them. */
export const builtInRoles = (me: SignedInMe): readonly GivenRole[] =>
  ROLES_OF[me.tenant.type].map((one) => ({
    id: one,
    name: one,
    built_in: true,
    base_role: one,
    permissions: ROLE_PERMISSIONS[one],
  }));

/** Of the person who looks: they give no role with more than they hold, and not another one to themselves. */
export function usersViewFor(me: SignedInMe, roles: readonly GivenRole[]): View<UserAccountView> {
  const given = roles.filter((one) => one.permissions.every((permission) => me.permissions.includes(permission)));
  const isOther = (row: UserAccountView | null): boolean => row?.id !== me.user.id;
  const isBusiness = me.tenant.type === 'business';
  const baseOf = (id: unknown): string | undefined => roles.find((one) => one.id === id)?.base_role;
  return defineView<UserAccountView>({
    resource: 'users',
    path: '/admin/users',
    icon: 'team',
    isFixed: (row) => !row.can_change,
    ...(isBusiness && { references: [branchReference, companyReference, staffReference] }),
    permissions: { view: 'view_users', create: 'create_users', edit: 'edit_users' },
    name: (row) => row.name,
    texts: {
      ...RECORD_TEXTS,
      created: 'users.invited',
      title: 'users.title',
      create: 'users.create',
      new_title: 'users.new_title',
      back: 'users.back',
      empty_title: 'users.empty_title',
      empty_hint: 'users.empty_hint',
      forbidden: 'users.forbidden',
      reasons: userReason,
    },
    first: { label: 'users.name' },
    columns: [
      { label: 'users.role', show: role, place: 'under' },
      { label: 'users.email', show: email },
      ...(isBusiness ? [{ label: 'users.reach', show: reach, isWide: true } as const] : []),
      { label: 'users.status', show: status, place: 'aside' },
      { label: 'users.second_factor', show: secondFactor },
      { label: 'users.last_sign_in', show: lastSignIn, place: 'end' },
    ],
    order: 'created_at',
    tabs: [ALL_TAB],
    filters: [],
    facts: [
      { label: 'users.email', show: email },
      { label: 'users.role', show: role },
      { label: 'users.status', show: status },
      { label: 'users.second_factor', show: secondFactor },
      { label: 'users.last_sign_in', show: lastSignIn },
    ],
    actions: [],
    main: [{ kind: 'component', title: 'users.access', component: UserAccess }],
    side: [
      {
        kind: 'facts',
        title: 'callbacks.about',
        facts: [
          {
            label: 'users.language',
            show: { kind: 'text', of: (row, { t }) => (row.language === 'en' ? t('language.en') : t('language.de')) },
          },
          { label: 'users.created_at', show: { kind: 'instant', of: (row) => row.created_at } },
        ],
      },
      ...(isBusiness
        ? [
            {
              kind: 'facts',
              title: 'users.section_reach',
              facts: [
                { label: 'users.reach', show: reach },
                { label: 'users.person', show: person },
              ],
            } as const,
          ]
        : []),
      technical(),
    ],
    start: () => ({
      language: 'de',
      role_id: (given.find(({ id }) => id === 'staff') ?? given.filter((one) => one.built_in).at(-1))?.id ?? '',
    }),
    form: [
      {
        title: 'users.section_person',
        hint: 'users.section_person_hint',
        fields: [
          {
            name: 'name',
            kind: 'text',
            label: 'users.name',
            maxLength: 200,
            problem: 'kit.name_problem',
            autoComplete: 'off',
          },
          {
            name: 'email',
            kind: 'email',
            label: 'users.email',
            maxLength: 254,
            problem: 'users.email_problem',
            autoComplete: 'off',
            isShown: (_values, row) => row === null,
          },
        ],
      },
      {
        title: 'users.section_role',
        hint: 'users.section_role_hint',
        fields: [
          {
            name: 'role_id',
            kind: 'choice',
            label: 'users.role',
            members: ['role_id', 'role'],
            options: given.map((one) => ({ value: one.id, label: (words) => roleName(one, words) })),
            isShown: (_values, row) => isOther(row),
          },
          {
            name: 'language',
            kind: 'choice',
            label: 'users.language',
            hint: 'users.language_hint',
            options: LANGUAGES.map((one) => ({ value: one, label: `language.${one}` as const })),
          },
        ],
      },
      ...(isBusiness ? [reachSection(isOther, baseOf)] : []),
    ],
  });
}

/** How far somebody reaches; not of oneself. @param baseOf the role of ours that a chosen role is based on */
const reachSection = (
  isOther: (row: UserAccountView | null) => boolean,
  baseOf: (roleId: unknown) => string | undefined,
): FormSection<UserAccountView> => ({
  title: 'users.section_reach',
  hint: 'users.section_reach_hint',
  fields: [
    {
      name: 'company_ids',
      kind: 'references',
      label: 'users.companies',
      hint: 'users.companies_hint',
      to: companyReference,
      empty: 'users.no_companies',
      write: bound,
      isShown: (_values, row) => isOther(row),
    },
    {
      name: 'branch_ids',
      kind: 'references',
      label: 'users.branches',
      hint: 'users.branches_hint',
      to: branchReference,
      empty: 'users.no_branches',
      write: bound,
      isShown: (_values, row) => isOther(row),
    },
    {
      name: 'own_only',
      kind: 'flag',
      label: 'users.own_only',
      hint: 'users.own_only_hint',
      // Somebody of that role always does.
      isShown: (values, row) => isOther(row) && baseOf(values['role_id']) !== 'staff',
    },
    {
      name: 'staff_id',
      kind: 'reference',
      label: 'users.person',
      hint: 'users.person_hint',
      problem: 'users.person_problem',
      to: staffReference,
      none: 'users.no_person',
      isShown: (_values, row) => isOther(row),
    },
  ],
});
