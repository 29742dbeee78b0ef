/** What the numbers' commands, steps and resources share. */
import type { NumberView, PoolNumberView } from '../../shared/contract/numbers.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import type { NumberRow, ShownPoolRow } from '../storage/queries/numbers.ts';
import { businessNumbers } from '../storage/tables/provisioning.ts';

export const NUMBER_KIND = { noun: 'phone_number', log: 'provisioning', table: businessNumbers } as const;

export const numberShown = (row: NumberRow): NumberView => ({
  id: row.id,
  number: row.e164,
  country: row.country,
  branch_id: row.branchId,
  agent_id: row.agentId,
  published_number: row.publishedNumber,
  state: row.state,
  reason: row.reason,
  first_call_at: isoOrNull(row.firstCallAt),
  last_call_at: isoOrNull(row.lastCallAt),
  created_at: toIso(row.createdAt),
  version: row.version,
});

export const poolNumberShown = (row: ShownPoolRow): PoolNumberView => ({
  id: row.id,
  number: row.e164,
  country: row.country,
  termination_uri: row.terminationUri,
  transport: row.transport,
  sip_username: row.sipUsername,
  has_password: row.sealedSipPassword !== null,
  state: row.state,
  tenant: row.claimedBy === null ? null : { id: row.claimedBy, name: row.tenantName ?? row.claimedBy },
  claimed_at: isoOrNull(row.claimedAt),
  created_at: toIso(row.createdAt),
});
