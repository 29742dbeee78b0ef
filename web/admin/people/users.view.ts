/** How users look in the panel: list, one with what may be done about their access, the form of an invitation. */
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { isRole, ROLE_PERMISSIONS, ROLES_OF } from '../../../shared/permissions.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { SignedInMe } from '../../ui/use-session.ts';
import { defineView, type Display, type View } from '../kit/view.ts';
import { ALL_TAB, RECORD_TEXTS, technical } from '../setup/shared-parts.ts';
import { UserAccess } from './user-access.tsx';

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
  of: (row, { t }) => (isRole(row.role) ? t(`role.${row.role}`) : row.role),
};
const email: Display<UserAccountView> = { kind: 'email', of: (row) => row.email };
const lastSignIn: Display<UserAccountView> = { kind: 'instant', of: (row) => row.last_sign_in_at };

/** Of the person who looks: they give no role with more than they hold, and not another one to themselves. */
export function usersViewFor(me: SignedInMe): View<UserAccountView> {
  const given = ROLES_OF[me.tenant.type].filter((one) =>
    ROLE_PERMISSIONS[one].every((permission) => me.permissions.includes(permission)),
  );
  return defineView<UserAccountView>({
    resource: 'users',
    path: '/admin/users',
    icon: 'team',
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
    },
    first: { label: 'users.name' },
    columns: [
      { label: 'users.role', show: role, place: 'under' },
      { label: 'users.email', show: email },
      { label: 'users.status', show: status, place: 'aside' },
      { label: 'users.last_sign_in', show: lastSignIn, place: 'end' },
    ],
    order: 'created_at',
    tabs: [ALL_TAB],
    filters: [],
    facts: [
      { label: 'users.email', show: email },
      { label: 'users.role', show: role },
      { label: 'users.status', show: status },
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
      technical(),
    ],
    start: () => ({ language: 'de', role: given.includes('staff') ? 'staff' : (given.at(-1) ?? '') }),
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
            name: 'role',
            kind: 'choice',
            label: 'users.role',
            options: given.map((one) => ({ value: one, label: `role.${one}` as const })),
            isShown: (_values, row) => row?.id !== me.user.id,
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
    ],
  });
}
