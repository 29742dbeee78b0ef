/** Credentials of vendors as they are entered, tested and shown: never answered again. Read by workers/connections/, the admin (types) and tests. */
import { z } from 'zod';
import { CONNECTION_FAULTS, CONNECTION_STATES, CREDENTIAL_LEVELS, REPLACE_WHEN } from '../integration-sets.ts';
import { VENDORS } from '../vendors.ts';
import { externalId, idField, idParam, instantOut, itemOf, lineText, listOf } from './parts.ts';

const MAX_SECRET = 500;
const MAX_HOST = 253;

/** Printable ASCII without spaces: what vendors make keys of, and what fits into a header. */
const secret = () =>
  z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/)
    .min(8)
    .max(MAX_SECRET)
    .meta({ writeOnly: true, example: 'xxxxxxxxxxxxxxxx' });

const common = {
  /** of this company alone; left out: of the whole business */
  company_id: idField('company').optional(),
  when: z.enum(REPLACE_WHEN).default('tested').meta({
    description: '`tested`: the old credential stays until the new one passed its test; `now`: replaced at once',
  }),
};

/** A secret that is left out stays as it is; everything else is as sent. */
export const credentialRequests = {
  calcom: z.object({
    ...common,
    api_key: secret().optional(),
    webhook_secret: secret().optional(),
    base_url: z
      .url({ protocol: /^https?$/ })
      .max(MAX_HOST)
      .nullable()
      .default(null)
      .meta({ description: 'null: cal.com itself', example: 'https://api.cal.eu' }),
  }),
  retell: z.object({ ...common, api_key: secret().optional() }),
  stripe: z.object({ ...common, secret_key: secret().optional(), webhook_secret: secret().optional() }),
  twilio: z.object({
    ...common,
    account_sid: z
      .string()
      .trim()
      .regex(/^AC[0-9a-f]{32}$/i)
      .meta({ example: 'AC00000000000000000000000000000000', 'x-external-id': true }),
    auth_token: secret().optional(),
    from: lineText(20).min(3).meta({ description: 'E.164 or a sender name', example: '+4930123456' }),
  }),
  smtp: z.object({
    ...common,
    host: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/)
      .max(MAX_HOST)
      .meta({ example: 'mail.example.org' }),
    port: z.int().min(1).max(65_535).default(587),
    username: lineText(254).default(''),
    password: z
      .string()
      .min(1)
      .max(MAX_SECRET)
      .regex(/^[^\0\r\n]+$/)
      .optional()
      .meta({ writeOnly: true, example: 'xxxxxxxxxxxxxxxx' }),
    from_email: z.email().max(254).nullable().default(null),
  }),
} as const;
export type CredentialRequests = { [V in keyof typeof credentialRequests]: z.infer<(typeof credentialRequests)[V]> };

export const connectionTest = z.object({
  at: instantOut(),
  ok: z.boolean(),
  duration_ms: z.int(),
  fault: z.enum(CONNECTION_FAULTS).nullable(),
  /** the vendor's own words, without our secrets in them */
  said: z.string().nullable(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const integrationView = z.object({
  vendor: z.enum(VENDORS),
  state: z.enum(CONNECTION_STATES),
  /** whose credential is in force; null: nobody's */
  in_force: z.enum(CREDENTIAL_LEVELS).nullable(),
  /** what is stored at the level that was asked for; null: nothing */
  own: z
    .object({
      version: z.int(),
      fields: z.array(
        z.object({
          name: z.string(),
          secret: z.boolean(),
          set: z.boolean(),
          /** of a secret the last four characters, of anything else all of it */
          hint: z.string().nullable(),
        }),
      ),
      /** so long counts what is signed with the webhook's secret before the present one; null: there is none that counts */
      old_webhook_secret_until: instantOut().nullable(),
      changed_at: instantOut().nullable(),
      changed_by: z.string().nullable(),
      test: connectionTest.nullable(),
    })
    .nullable(),
  last_success: instantOut().nullable(),
  last_failure: instantOut().nullable(),
  /** code-like, of the last call that failed */
  last_fault: z.string().nullable(),
  /** what is entered at the vendor; null: it calls us nowhere that could be entered there */
  webhook_url: z.string().nullable(),
});
export type IntegrationView = z.infer<typeof integrationView>;

/** Without a company: the business's own, or the platform's for its operator. */
export const integrationQuery = z.object({ company_id: idParam('company').optional() });
export const integrationListResponse = listOf(integrationView);
export const integrationParams = z.object({ vendor: z.enum(VENDORS) });
export const companyRequest = z.object({ company_id: idField('company').optional() });
export const integrationResponse = itemOf(integrationView);

/** What a test found out besides; nothing of it is stored. */
export const testedResponse = itemOf(
  connectionTest.extend({
    /** whose account answered, in the vendor's words */
    account: z.string().nullable(),
    /** kinds of bookings there, of Cal.com alone */
    event_types: z.array(z.object({ id: externalId(), title: z.string(), duration_minutes: z.int() })),
  }),
);
export type Tested = z.infer<typeof testedResponse>['data'];

/** The secret is answered this once. */
export const webhookSecretResponse = itemOf(z.object({ webhook_url: z.string(), webhook_secret: z.string() }));
export const endedSecretResponse = itemOf(z.object({ vendor: z.enum(VENDORS), ended: z.literal(true) }));
export const removedIntegrationResponse = itemOf(z.object({ vendor: z.enum(VENDORS), deleted: z.literal(true) }));

/** What is sealed with which key; of the operator alone. */
export const sealedValuesView = z.object({
  /** of the master key that seals now; null: there is none */
  key_version: z.int().nullable(),
  /** sealed with another one, and to be opened */
  left: z.int(),
});
export type SealedValuesView = z.infer<typeof sealedValuesView>;
export const sealedValuesResponse = itemOf(sealedValuesView);
export const resealedResponse = itemOf(
  sealedValuesView.extend({
    resealed: z.int(),
    /** of those that were looked at: the key they are sealed with is not there */
    unreadable: z.int(),
  }),
);
export const resealRequest = z.object({});
