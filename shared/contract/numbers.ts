/** Numbers: the operator's pool of them, and those of a business. Read by workers/provisioning/, the admin (types) and tests. */
import { z } from 'zod';
import { NUMBER_STATES, POOL_STATES, SIP_TRANSPORTS } from '../agent-sets.ts';
import { idField, idOut, idParam, instantOut, itemOf, lineText, page } from './parts.ts';
import { resourceQuery } from './resource-list.ts';

// ---------------------------------------------------------------- pool

export const poolNumberView = z.object({
  id: idOut('pool_number'),
  number: z.string(),
  country: z.string(),
  termination_uri: z.string(),
  transport: z.enum(SIP_TRANSPORTS),
  sip_username: z.string().nullable(),
  has_password: z.boolean(),
  state: z.enum(POOL_STATES),
  tenant: z.object({ id: idOut('tenant'), name: z.string() }).nullable(),
  claimed_at: instantOut().nullable(),
  created_at: instantOut(),
});
export type PoolNumberView = z.infer<typeof poolNumberView>;
export const poolNumberQuery = page().extend({
  state: z.enum(POOL_STATES).default('free'),
  sort: z.enum(['-created_at']).default('-created_at'),
});
export const poolNumberParams = z.object({ id: idParam('pool_number') });
export const poolNumberResponse = itemOf(poolNumberView);

/** Numbers of one import: each is checked, and all of them are written at once. */
const MAX_IMPORT = 100;
export const importRequest = z.object({
  numbers: z
    .array(lineText(40).min(1))
    .min(1)
    .max(MAX_IMPORT)
    .meta({ example: ['+493022220001'] }),
  termination_uri: lineText(200).min(1).meta({ example: 'sip.carrier.example' }),
  transport: z.enum(SIP_TRANSPORTS).default('TLS'),
  sip_username: lineText(120).nullable().default(null),
  sip_password: z.string().min(1).max(200).nullable().default(null).meta({ example: null }),
});
export type ImportRequest = z.output<typeof importRequest>;
export const importResponse = itemOf(
  z.object({
    imported: z.array(z.string()),
    known: z.array(z.string()),
    settled: z.int(),
  }),
);
export type Imported = z.infer<typeof importResponse>['data'];

// ---------------------------------------------------------------- numbers of a business

export const numberView = z.object({
  id: idOut('phone_number'),
  number: z.string().nullable(),
  country: z.string(),
  branch_id: idOut('branch'),
  agent_id: idOut('retell_agent').nullable(),
  published_number: z.string().nullable(),
  state: z.enum(NUMBER_STATES),
  reason: z.string().nullable(),
  first_call_at: instantOut().nullable(),
  last_call_at: instantOut().nullable(),
  created_at: instantOut(),
  version: z.int(),
});
export type NumberView = z.infer<typeof numberView>;
export const numberQuery = resourceQuery(['created_at'])
  .omit({ deleted: true })
  .extend({ branch_id: idParam('branch').optional(), state: z.enum(NUMBER_STATES).optional() });
export const numberRequest = z.object({
  branch_id: idField('branch'),
  published_number: lineText(40).nullable().optional().meta({ example: null }),
});
export type NumberRequest = z.output<typeof numberRequest>;
export const numberChange = z.object({
  published_number: lineText(40).nullable().optional().meta({ example: null }),
  agent_id: idField('retell_agent').nullable().optional(),
});
export type NumberChange = z.output<typeof numberChange>;
export const numberParams = z.object({ id: idParam('phone_number') });
export const numberResponse = itemOf(numberView);
