/** Every column that could hold a text has been looked at: either the erasure empties it, or it holds nothing of a customer. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import { PLACES, ROW_COVERS } from './places.ts';

/** Tables that know no customer: settings, staff, money, machinery, operators' reasons. Of faults only what `withoutPersonal` lets through. */
const NOBODY_IN_IT = new Set(
  'accounts action_links alarms api_keys balances calcom_event_maps calcom_routes cron_runs cron_states domains integrations job_items jobs ledger_checks ledger_entries object_heads payment_links phone_numbers retell_agents schedule_items sessions sign_in_attempts tags tenants topups unmatched_payments usage_lines users vendor_outcomes verifications'.split(
    ' ',
  ),
);

/** Beside what is erased: ids, states and codes. */
const IDS_AND_STATES: Readonly<Record<string, string>> = {
  appointments:
    'tenant_id id company_id branch_id customer_id service_id more_service_ids staff_id status source booking_type currency segments resources call_id calcom_uid sync_status parent_appointment_id created_by_kind created_by_id',
  appointment_modifications:
    'tenant_id id appointment_id customer_id type actor_kind actor_id old_staff_id new_staff_id old_status new_status policy_check',
  appointment_notes: 'tenant_id id appointment_id visibility author_kind author_id',
  calls:
    'tenant_id id company_id branch_id customer_id appointment_id agent_id direction status disconnection_reason language transcript_key sentiment cost_parts charge_state currency money',
  callback_requests: 'tenant_id id kind status call_id customer_id branch_id assigned_to',
  customers: 'tenant_id id company_id language journey_status source preferred_branch_id preferred_staff_id',
  customer_phones: 'tenant_id customer_id',
  customer_words: 'tenant_id customer_id',
  customer_tags: 'tenant_id customer_id tag_id',
  erasures: 'tenant_id customer_id state reason requested_by counts left_at_calcom closed_by',
  customer_stats: 'tenant_id customer_id',
  external_conflicts:
    'tenant_id id kind reason external_uid event_type_id host_id conflicting_appointment_id appointment_id staff_id service_id customer_id status resolution',
  notifications:
    'tenant_id id event_type channel language customer_id appointment_id dedupe_key status provider_message_id',
  webhook_logs: 'tenant_id id source event_type unique_id payload_key state',
  audit_log: 'tenant_id id log description subject_type subject_id causer_type causer_id fields changes request_id',
  audit_values: 'tenant_id audit_id',
  request_outcomes: 'tenant_id causer key input_hash head',
  effects: 'tenant_id id queue kind ref state phase last_error',
  dead_letters: 'tenant_id id queue message reason settled_by note',
  feed: 'tenant_id kind event_id type entity command_key command_name command input_hash',
};

it('no column of D1 is unknown to the erasure', async () => {
  const covered = new Set<string>([...PLACES.flatMap(({ covers }) => covers), ...ROW_COVERS]);
  const folder = path.join(import.meta.dirname, '../../storage/tables');
  const unknown: string[] = [];
  const there = new Set<string>();
  for (const file of readdirSync(folder).sort())
    for (const value of Object.values((await import(path.join(folder, file))) as Record<string, unknown>)) {
      if (!is(value, SQLiteTable)) continue;
      const { name, columns } = getTableConfig(value);
      there.add(name);
      if (NOBODY_IN_IT.has(name)) continue;
      const known = (IDS_AND_STATES[name] ?? '').split(' ');
      for (const column of columns)
        if (column.getSQLType() === 'text' && !covered.has(`${name}.${column.name}`) && !known.includes(column.name))
          unknown.push(`${name}.${column.name}`);
    }
  expect(
    unknown,
    'place them in workers/crm/erasure/places.ts, or say here that they hold nothing of a customer',
  ).toEqual([]);
  expect([...NOBODY_IN_IT, ...Object.keys(IDS_AND_STATES)].filter((name) => !there.has(name))).toEqual([]);
});
