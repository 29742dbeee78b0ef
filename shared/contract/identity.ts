/** Sign-in, own sessions, who am I, users, API keys. Read by workers/identity/, both web apps (types) and tests. */
import { z } from 'zod';
import { LANGUAGES } from '../i18n/language.ts';
import { DEFAULT_GRACE_DAYS, DEFAULT_LIFE_DAYS, MAX_GRACE_DAYS, MAX_IP_ALLOW, MAX_LIFE_DAYS } from '../key-limits.ts';
import { isBlock } from '../network.ts';
import { MAX_PASSWORD_LENGTH } from '../password-length.ts';
import { KEY_SCOPES, ROLES } from '../permissions.ts';
import { preferences } from './preferences.ts';
import { API_KEY_MODES, TENANT_STATUSES, TENANT_TYPES } from '../tenant-status.ts';
import { doneBody, idField, idParam, idOut, instantOut, itemOf, lineText, listOf, page, personName } from './parts.ts';

const userView = z.object({ id: idOut('user'), name: z.string(), email: z.string(), language: z.string() });

// ---------------------------------------------------------------- sign-in

export const signInRequest = z.object({
  email: z.email().max(254).meta({ example: 'owner@salon-schoen.test' }),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH).meta({ example: 'askpro-demo-2026' }),
  remember_me: z.boolean().default(true),
});
export type SignInRequest = z.input<typeof signInRequest>;
export const signInResponse = itemOf(z.object({ user: userView, tenant_id: idOut('tenant'), role: z.string() }));
export type SignInResponse = z.infer<typeof signInResponse>;
/** The first proof was right; a code is still owed, and the browser holds the cookie that says so. */
export const secondStepResponse = itemOf(z.object({ challenge: z.object({ expires_at: instantOut() }) }));
/** What every way in answers, told apart by `challenge`. */
export type LetInResponse = SignInResponse | z.infer<typeof secondStepResponse>;
export const signOutResponse = doneBody;

// ---------------------------------------------------------------- sessions

/** The present session, or null. */
export const sessionResponse = itemOf(
  z.object({ user_id: idOut('user'), tenant_id: idOut('tenant'), role: z.string() }).nullable(),
);
export const ownSessionView = z.object({
  id: idOut('session'),
  created_at: instantOut(),
  expires_at: instantOut(),
  user_agent: z.string().nullable(),
  current: z.boolean(),
});
export type OwnSessionView = z.infer<typeof ownSessionView>;
export const sessionListResponse = listOf(ownSessionView);
export const sessionParams = z.object({ id: idParam('session') });
export const sessionEndedResponse = itemOf(z.object({ id: idOut('session') }));
export const confirmPasswordRequest = signInRequest.pick({ password: true });
export const confirmPasswordResponse = doneBody;

// ---------------------------------------------------------------- who am I

export const meView = z.object({
  /** null: an API key asks */
  user: userView.nullable(),
  tenant: z.object({
    id: idOut('tenant'),
    slug: z.string(),
    name: z.string(),
    type: z.enum(TENANT_TYPES),
    status: z.enum(TENANT_STATUSES),
    /** why it is past due, suspended or closed: a code of ours or the words of whoever did it */
    status_reason: z.string().nullable().optional(),
    trial_ends_at: instantOut().nullable().optional(),
    currency: z.string(),
    time_zone: z.string(),
  }),
  role: z.string(),
  /** of the tenant's own role, which is based on that one; null: it is that one */
  role_name: z.string().nullable(),
  permissions: z.array(z.string()),
  /** how the person likes to read and work (`/api/v1/me/preferences`); left out: nothing was chosen, or a key asks */
  preferences: preferences.optional(),
  /** present in a session of the support: who looks in as the user, why, and until when at the latest */
  support: z.object({ operator_name: z.string(), reason: z.string(), ends_at: instantOut() }).optional(),
  /** present where a second factor is demanded of this person and the session has proven none */
  second_factor: z
    .object({
      /** until then everything goes on; afterwards nothing but setting one up, this answer and signing out */
      due: instantOut(),
      required: z.boolean(),
      /** the account has one: it is proven by signing in with it */
      known: z.boolean(),
    })
    .optional(),
  /** present while the way back of the only owner waits: second factor and passkeys go then, unless the person stops it */
  factor_reset: z.object({ due: instantOut() }).optional(),
  /** null: sees everybody's appointments; else only those of this person of the staff, and nobody's where no person is linked */
  own: z
    .object({
      staff_id: idOut('staff').nullable(),
      /** where nobody is linked: names of owners, who can do that */
      ask: z.array(z.string()),
    })
    .nullable(),
  language: z.string(),
  branches: z.array(z.object({ id: idOut('branch'), name: z.string(), time_zone: z.string() })),
  brand: z.object({
    product_name: z.string(),
    /** `#rrggbb`; null: the product's own. `fill`/`on_fill` for buttons, `text` safe on the page background */
    colors: z
      .object({ fill: z.string(), on_fill: z.string(), text: z.string(), text_dark: z.string().optional() })
      .nullable(),
  }),
});
export type Me = z.infer<typeof meView>;
export const meResponse = itemOf(meView);
export type MeResponse = z.infer<typeof meResponse>;

// ---------------------------------------------------------------- users

/** `invited`: has no password yet. */
export const USER_STATUSES = ['invited', 'active', 'disabled'] as const;
export const userAccountView = userView.extend({
  /** one of ours; where somebody has a role of the tenant's own, the one it is based on */
  role: z.string(),
  /** of the list of roles */
  role_id: idOut('role'),
  /** of the tenant's own role; null: one of ours, or it is gone */
  role_name: z.string().nullable(),
  /** what somebody is bound to; null: all */
  company_ids: z.array(idOut('company')).nullable(),
  branch_ids: z.array(idOut('branch')).nullable(),
  /** sees only what the linked person serves */
  own_only: z.boolean(),
  /** who of the staff it is */
  staff_id: idOut('staff').nullable(),
  status: z.enum(USER_STATUSES),
  /** whether who asks holds and reaches all that this person does, and so may change them with the permission for it */
  can_change: z.boolean(),
  /** null: may sign in */
  disabled_at: instantOut().nullable(),
  second_factor: z.boolean().meta({ description: 'the sign-in asks for a code beside the password' }),
  /** null: never */
  last_sign_in_at: instantOut().nullable(),
  created_at: instantOut(),
  updated_at: instantOut(),
});
export type UserAccountView = z.infer<typeof userAccountView>;
/** Branches or companies that one person is bound to: a list that a page shows whole. */
const MAX_BOUNDS = 100;
const boundTo = (noun: 'branch' | 'company') =>
  z
    .array(idField(noun))
    .min(1)
    .max(MAX_BOUNDS)
    .nullable()
    .meta({ description: 'outside of these nothing exists for them; null: all' });
const userFields = z.object({
  name: personName(200).min(1).meta({ example: 'Mia Neu' }),
  role: z.enum(ROLES).optional().meta({ example: 'staff', description: 'one that this kind of account has' }),
  role_id: idField('role').optional().meta({ description: 'in place of `role`: of the list of roles' }),
  language: z.enum(LANGUAGES).default('de'),
  company_ids: boundTo('company').optional(),
  branch_ids: boundTo('branch').optional(),
  own_only: z.boolean().optional().meta({ description: 'sees only what the linked person serves' }),
  staff_id: idField('staff').nullable().optional().meta({ description: 'who of the staff it is; null: nobody' }),
});
export const inviteUserRequest = userFields.extend({
  email: z.email().max(254).meta({ example: 'mia@salon-schoen.test' }),
});
/** A login for somebody of the staff: the name is the person's. */
export const inviteStaffRequest = z.object({
  email: z
    .email()
    .max(254)
    .optional()
    .meta({ example: 'mia@salon-schoen.test', description: 'left out: what is stored of the person' }),
  role: z.enum(ROLES).default('staff').meta({ description: 'one that this kind of account has' }),
  language: z.enum(LANGUAGES).default('de'),
});
export type InviteStaff = z.output<typeof inviteStaffRequest>;
export const staffLoginParams = z.object({ id: idParam('staff') });
export const changeUserRequest = userFields
  .extend({
    language: z.enum(LANGUAGES),
    disabled: z.boolean().meta({ description: 'true: ends all sessions at once' }),
  })
  .partial();
export const userParams = z.object({ id: idParam('user') });
export const userResponse = itemOf(userAccountView);
export const userGoneResponse = itemOf(z.object({ id: idOut('user') }));
/** Oldest first: the one order there is, which the panel's lists name. */
export const userListQuery = page().extend({ sort: z.enum(['created_at']).default('created_at') });

// ---------------------------------------------------------------- API keys

export const apiKeyView = z.object({
  id: idOut('api_key'),
  name: z.string(),
  prefix: z.string().meta({ description: 'the first characters of the key' }),
  mode: z.enum(API_KEY_MODES),
  scopes: z.array(z.string()),
  ip_allow: z.array(z.string()).meta({ description: 'addresses and blocks it may be used from; empty: from anywhere' }),
  expires_at: instantOut().nullable(),
  last_used_at: instantOut().nullable(),
  created_at: instantOut(),
  replaces_id: idOut('api_key').nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;
const apiKeyWithSecret = apiKeyView.extend({ key: z.string().meta({ description: 'shown once' }) });

export const apiKeyListQuery = page();
export const apiKeyParams = z.object({ id: idParam('api_key') });
const ipAllow = z
  .array(z.string().trim().max(43).refine(isBlock))
  .max(MAX_IP_ALLOW)
  .meta({ example: ['203.0.113.0/24'], description: 'IPv4 or IPv6 addresses or CIDR blocks; empty: from anywhere' });
export const createApiKeyRequest = z.object({
  name: lineText(100).min(1).meta({ example: 'Website' }),
  mode: z.enum(API_KEY_MODES).default('live'),
  scopes: z
    .array(z.enum(KEY_SCOPES as [(typeof KEY_SCOPES)[number], ...(typeof KEY_SCOPES)[number][]]))
    .min(1)
    .max(KEY_SCOPES.length)
    .meta({ example: ['view_appointments'] }),
  ip_allow: ipAllow.default([]),
  expires_in_days: z.int().min(1).max(MAX_LIFE_DAYS).default(DEFAULT_LIFE_DAYS),
});
export type CreateApiKeyRequest = z.input<typeof createApiKeyRequest>;
export const changeApiKeyRequest = createApiKeyRequest.pick({ name: true }).extend({ ip_allow: ipAllow }).partial();
export const apiKeyResponse = itemOf(apiKeyView);
export const createApiKeyResponse = itemOf(apiKeyWithSecret);
export const rotateApiKeyRequest = z.object({
  grace_days: z.int().min(0).max(MAX_GRACE_DAYS).default(DEFAULT_GRACE_DAYS),
});
export const rotateApiKeyResponse = itemOf(apiKeyWithSecret.extend({ old_expires_at: instantOut() }));
export const revokeApiKeyResponse = itemOf(z.object({ id: idOut('api_key') }));

// ---------------------------------------------------------------- one's own account

export const changeProfileRequest = userFields
  .pick({ name: true })
  .extend({ language: z.enum(LANGUAGES) })
  .partial();
export const profileResponse = itemOf(userView);
export const changePasswordRequest = z.object({
  current_password: signInRequest.shape.password,
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH).meta({ example: 'drei Hunde im Regen' }),
});
export const changePasswordResponse = doneBody;
export const changeEmailRequest = signInRequest.pick({ email: true });
export const changeEmailResponse = doneBody;
