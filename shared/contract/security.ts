/**
 * Who of the operator may look into an account and from where its people work (docs/support.md). Read by workers/identity/, workers/tenants/, the
 * web apps (types) and tests.
 */
import { z } from 'zod';
import { isBlock } from '../network.ts';
import { CONSENT_HOURS, MAX_NETWORKS, MAX_REASON, MIN_REASON, SUPPORT_ENDS } from '../support.ts';
import { FACTOR_RESET_ENDS } from '../ways-in.ts';
import { externalId, idField, idOut, idParam, instantOut, itemOf, lineText, page } from './parts.ts';

// ---------------------------------------------------------------- the owner's consent

export const supportAccessView = z.object({
  /** null: nobody may look in */
  until: instantOut().nullable(),
  given_at: instantOut().nullable(),
  /** null: nobody has, or the person is gone */
  given_by: z.string().nullable(),
});
export type SupportAccessView = z.infer<typeof supportAccessView>;
export const supportAccessResponse = itemOf(supportAccessView);
export const giveSupportAccessRequest = z.object({
  hours: z.literal(CONSENT_HOURS).meta({ example: 24, description: 'from now on; an earlier consent is replaced' }),
});

/** Who looked in, as whom, why and how long. */
export const supportSessionView = z.object({
  id: idOut('support_session'),
  user_id: idOut('user'),
  user_name: z.string(),
  operator_id: externalId(),
  operator_name: z.string(),
  reason: z.string(),
  started_at: instantOut(),
  /** when it ended, or will at the latest */
  ends_at: instantOut(),
  running: z.boolean(),
  /** null: at its time, or not yet */
  ended_by: z.enum(SUPPORT_ENDS).nullable(),
});
export type SupportSessionView = z.infer<typeof supportSessionView>;
export const supportSessionListQuery = page().extend({ sort: z.enum(['-started_at']).default('-started_at') });

// ---------------------------------------------------------------- the operator

export const beginSupportRequest = z.object({
  user_id: idField('user'),
  reason: lineText(MAX_REASON).min(MIN_REASON).meta({ example: 'Rückfrage zu den Öffnungszeiten, Ticket 4711' }),
  host: z
    .enum(['here', 'tenant'])
    .default('here')
    .meta({ description: '`tenant`: on the host of the account, by a link that works once and a minute long' }),
});
export const beganSupportResponse = itemOf(
  z.object({
    id: idOut('support_session'),
    /** where the person's view is: a path here, or the link to the account's own host */
    url: z.string(),
    ends_at: instantOut(),
  }),
);
export type BeganSupportResponse = z.infer<typeof beganSupportResponse>;

export const enterSupportRequest = z.object({
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .meta({ example: 'x'.repeat(43) }),
});
export const enteredSupportResponse = itemOf(z.object({ url: z.string() }));
export type EnteredSupportResponse = z.infer<typeof enteredSupportResponse>;

export const endedSupportResponse = itemOf(
  z.object({ url: z.string().meta({ description: 'where the operator goes on' }) }),
);
export type EndedSupportResponse = z.infer<typeof endedSupportResponse>;

/** People of a tenant as the operator chooses among them. */
export const tenantPersonView = z.object({
  id: idOut('user'),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  status: z.string(),
});
export type TenantPersonView = z.infer<typeof tenantPersonView>;
export const tenantSupportResponse = itemOf(
  z.object({
    /** null: the owner has not agreed */
    access_until: instantOut().nullable(),
    networks: z.array(z.string()),
    /** oldest first, at most a hundred */
    people: z.array(tenantPersonView),
  }),
);
export type TenantSupportResponse = z.infer<typeof tenantSupportResponse>;
export const liftNetworksRequest = z.object({
  reason: lineText(MAX_REASON).min(MIN_REASON).meta({ example: 'Anruf der Inhaberin, Anschluss gewechselt' }),
});
export const supportParams = z.object({ id: idParam('tenant') });

// ---------------------------------------------------------------- the way back of an only owner

export const factorResetView = z.object({
  /** the only owner, who has a second factor or passkey; null: nobody needs this way, another owner or nothing to take is there */
  owner: z.object({ id: idOut('user'), name: z.string(), email: z.string() }).nullable(),
  /** the latest; null: it was never asked for */
  last: z
    .object({
      id: idOut('factor_reset'),
      asked_by: z.string(),
      reason: z.string(),
      asked_at: instantOut(),
      /** the owner has confirmed it by mail and password; null: not yet */
      confirmed_at: instantOut().nullable(),
      /** when it is done, or (not confirmed) lapses */
      due_at: instantOut(),
      /** null: it is open */
      ended_at: instantOut().nullable(),
      ended_by: z.enum(FACTOR_RESET_ENDS).nullable(),
    })
    .nullable(),
});
export type FactorResetView = z.infer<typeof factorResetView>;
export const factorResetResponse = itemOf(factorResetView);
export const askFactorResetRequest = z.object({
  reason: lineText(MAX_REASON).min(MIN_REASON).meta({ example: 'Telefon verloren, am Telefon ausgewiesen' }),
});

// ---------------------------------------------------------------- networks

export const networksView = z.object({
  networks: z.array(z.string()).meta({ description: 'addresses and blocks; empty: from anywhere' }),
  your_address: z.string(),
});
export type NetworksView = z.infer<typeof networksView>;
export const networksResponse = itemOf(networksView);
export const changeNetworksRequest = z.object({
  networks: z
    .array(z.string().trim().max(43).refine(isBlock))
    .max(MAX_NETWORKS)
    .meta({ example: ['0.0.0.0/0'], description: 'IPv4 or IPv6 addresses or CIDR blocks; empty: from anywhere' }),
});
