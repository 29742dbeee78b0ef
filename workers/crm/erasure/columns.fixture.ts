/**
 * Every text column that the erasure leaves as it is, and why nothing of a customer can be in it: nobody types or says what it holds, or
 * it is about somebody else. The tests of this folder compare it with what is declared and with the files themselves: a column that stands
 * neither here nor in places.ts fails them, as does a line here whose column is gone. Closed sets (`enum`) are told by their declaration.
 */

/** Why; then columns, each with its table or a table with several. */
interface Group {
  why: string;
  columns: Readonly<Record<string, string>>;
}

const GROUPS: readonly Group[] = [
  {
    why: 'ids, states, codes, hashes and instants of ours, or of a vendor’s making',
    columns: {
      appointments:
        'tenant_id id company_id branch_id customer_id service_id more_service_ids staff_id currency segments resources call_id calcom_uid parent_appointment_id created_by_kind created_by_id',
      appointment_modifications:
        'tenant_id id appointment_id customer_id actor_kind actor_id old_staff_id new_staff_id',
      appointment_notes: 'tenant_id id appointment_id author_kind author_id',
      calcom_event_maps: 'tenant_id appointment_id uid lease_by replacing_uid',
      calcom_routes: 'value tenant_id',
      onboarding_skips: 'tenant_id',
      callback_requests: 'tenant_id id call_id customer_id branch_id assigned_to',
      callback_attempts: 'tenant_id id callback_id user_id',
      call_steps: 'tenant_id call_id id function code appointment_id',
      calls:
        'tenant_id id company_id branch_id customer_id appointment_id agent_id disconnection_reason language transcript_key cost_parts currency money reviewed_by',
      call_recordings: 'tenant_id call_id audio_key content_type',
      customers: 'tenant_id id company_id language preferred_branch_id preferred_staff_id',
      customer_phones: 'tenant_id customer_id',
      customer_words: 'tenant_id customer_id',
      customer_stats: 'tenant_id customer_id',
      customer_tags: 'tenant_id customer_id tag_id',
      consents: 'tenant_id id customer_id recorded_by',
      stopped_addresses: 'tenant_id address_hash',
      customer_notes: 'tenant_id id customer_id author_kind author_id',
      imports:
        'tenant_id id branch_id staff_id source_id confirmed_set delimiter fields counts check_job run_job file_key created_by',
      import_rows: 'tenant_id import_id problems matches customer_id',
      import_mappings: 'tenant_id headers_hash fields',
      erasures: 'tenant_id customer_id requested_by counts left_at_calcom closed_by',
      external_conflicts:
        'tenant_id id external_uid conflicting_appointment_id appointment_id staff_id service_id customer_id event_type_id host_id',
      notifications:
        'tenant_id id event_type language customer_id appointment_id dedupe_key provider_message_id branch_id',
      webhook_logs: 'tenant_id id event_type unique_id payload_key',
      audit_log:
        'tenant_id id log description subject_type subject_id causer_type causer_id impersonator_id fields changes request_id',
      audit_values: 'tenant_id audit_id',
      request_outcomes: 'tenant_id causer key input_hash head',
      effects: 'tenant_id id kind ref phase',
      dead_letters: 'tenant_id id queue message settled_by',
      // What was commanded is recorded without its texts, so that a restore brings none back.
      feed: 'tenant_id event_id type entity command_key command_name command input_hash',
      object_heads: 'tenant_id event_id hash',
      ledger_checks: 'tenant_id',
      vendor_outcomes: 'tenant_id last_fault',
      action_links: 'token_hash tenant_id ref',
      job_items: 'tenant_id job_id step item',
      jobs: 'tenant_id id kind params steps counts rerun_of created_by',
      cron_runs: 'id name counts',
      cron_states: 'name',
      alarms: 'id subject tenant_id detail cleared_by',
      inbound_events: 'event_type off_by',
      watch_marks: 'name',
      uptime_checks: 'ill',
      security_events: 'id level event request_id tenant_id fields',
      defects: 'id event frames fields state_by',
      live_checks: 'name code detail by',
      queue_probes: 'id queue',
      sign_in_attempts: 'key',
      phone_numbers: 'tenant_id branch_id agent_id',
      retell_agents: 'tenant_id agent_id branch_id language',
      agents: 'tenant_id id branch_id recording_accepted_by abilities llm_id agent_id sent_hash twins job_id',
      business_numbers: 'tenant_id id branch_id agent_id country sent_hash',
      pool_numbers: 'id country claimed_by number_id',
      number_orders: 'number_id tenant_id country',
      domains: 'tenant_id',
      company_commissions: 'tenant_id company_id',
      integrations: 'tenant_id company_id',
    },
  },
  {
    why: 'why work of ours failed: our words or kind and status of a vendor’s answer, never what it says (`withoutPersonal` blanks the rest)',
    columns: {
      calcom_event_maps: 'last_error',
      effects: 'last_error',
      dead_letters: 'reason',
      job_items: 'reason',
      jobs: 'error',
      cron_runs: 'error',
      integrations: 'last_error test_said',
      agents: 'reason',
      business_numbers: 'reason',
      unmatched_payments: 'reason',
      topups: 'failure_reason',
      defects: 'message',
    },
  },
  {
    why: 'the address of a machine that called Retell’s paths and is not Retell’s, for a week: no caller and no customer is behind it',
    columns: { source_refusals: 'address' },
  },
  {
    why: 'an operator’s reason for settling a fault of ours: about work, of which they see ids',
    columns: {
      alarms: 'reason',
      dead_letters: 'note',
      unmatched_payments: 'note',
      inbound_events: 'off_reason',
      defects: 'note',
    },
  },
  {
    why: 'the company’s own: settings, addresses, credentials, staff and whoever signs in',
    columns: {
      absence_requests:
        'tenant_id id staff_id asked_by from_date to_date from_time to_time note reason decided_by exception_id',
      account_links: 'tenant_id id realm user_id token_hash email',
      accounts: 'id realm user_id account_id provider_id access_token refresh_token id_token scope password',
      api_keys: 'tenant_id id name prefix key_hash scopes ip_allow created_by replaces_id',
      domains: 'host proof',
      integrations:
        'base_url sealed_api_key sealed_webhook_secret sealed_old_webhook_secret api_key_hint webhook_secret_hint settings updated_by',
      factor_resets: 'tenant_id id realm user_id asked_by asked_by_name asked_by_tenant reason',
      passkeys: 'tenant_id id realm user_id host name credential_id public_key transports',
      phone_numbers: 'e164',
      recovery_codes: 'tenant_id user_id code_hash',
      second_factors: 'tenant_id user_id realm sealed_secret salt',
      sign_in_challenges: 'token_hash tenant_id user_id realm',
      retell_agents: 'first_sentence',
      agents: 'name first_sentence transfer_number emergency_number differences',
      business_numbers: 'e164 published_number',
      pool_numbers: 'e164 termination_uri sip_username sealed_sip_password',
      schedule_items: 'tenant_id kind id company_id branch_id name body from_date',
      sessions: 'id realm user_id token ip_address user_agent impersonated_by support_id',
      support_sessions:
        'tenant_id id user_id user_name operator_id operator_name operator_session_id reason token_hash',
      legal_texts: 'tenant_id id text published_by',
      legal_drafts: 'tenant_id text saved_by',
      legal_acceptances: 'tenant_id text_id issuer_id user_id',
      pricing_plans: 'tenant_id id name currency charges',
      // Whoever asks for an account of a business; gone after seven days.
      signups: 'tenant_id id business name email country agreed token_hash',
      setup_tokens: 'token_hash',
      system_settings: 'key value updated_by',
      tags: 'tenant_id id name',
      tenants:
        'id parent_id slug name currency locale time_zone country vat_id brand settings legal limits features plan_id subscription status_reason vat_check support_access_by admin_networks',
      roles: 'tenant_id id name description base_role permissions',
      users: 'id realm tenant_id email name image role custom_role_id company_ids branch_ids language preferences',
      verifications: 'id realm identifier value',
    },
  },
  {
    why: 'money: ids, keys, codes and sums; entries are kept ten years and say of a customer their id',
    columns: {
      balances: 'tenant_id currency',
      ledger_entries:
        'tenant_id id currency price_line reference_type reference_id company_id branch_id customer_id description_key postings attests key hash',
      ledger_transfers: 'tenant_id id transfer_id peer_id currency',
      payment_links: 'tenant_id payment_id topup_id',
      topups: 'tenant_id id bonus_tier_id currency vat company_id user_id payment_id checkout_session_id',
      unmatched_payments: 'tenant_id id event_type payment_id currency webhook_id resolved_by',
      usage_lines: 'tenant_id period price_line event_type',
      period_statements: 'tenant_id period currency sums invoice',
    },
  },
];

/** Both objects' files: events and outcomes hold ids, numbers and states, texts are read beside them when they go out. */
const RUNTIME: Readonly<Record<string, string>> = {
  _runtime_migrations: 'id hash',
  _migrations: 'id hash',
  _identity: 'tenant_id kind last_event_id behind previous_head_hash',
  _commands: 'key name input_hash outcome',
  _outbox: 'id type entity command_key command_name command input_hash body causer',
  _checkpoints: 'name body',
  // Why a delivery failed, as in D1; what an operator said who let an event pass; alarms, which hold nothing of a person.
  _sinks: 'name last_error',
  _skipped: 'type sinks by reason',
  _untold: 'kind subject detail',
};

/** In the objects' own files, beside what places.ts covers as `calendar:table.column`. Bodies are rows of ids, instants, prices and states. */
const OBJECTS: Readonly<Record<'calendar' | 'ledger', Readonly<Record<string, string>>>> = {
  calendar: {
    ...RUNTIME,
    // The company's own.
    schedule_items: 'kind id body',
    // Words of somebody of the staff out of their own other calendar, kept where they say so; gone with the source.
    busy_sources: 'id staff_id import_id name',
    busy_times: 'import_id staff_id title',
    appointments: 'id branch_id staff_id customer_id status call_id body',
    appointment_texts: 'appointment_id',
    appointment_notes: 'id appointment_id body',
    modifications: 'id appointment_id body',
    busy: 'subject owner share',
    holds: 'lock_token owner call_id body caller',
    conversations: 'call_id',
    customers: 'id',
    customer_stats: 'customer_id',
    external_links: 'uid appointment_id state detail',
    external_conflicts: 'id external_uid status body',
    // Keyed hashes of numbers and ids, for a day at most.
    caller_counts: 'name id',
    caller_penalties: 'name',
  },
  ledger: {
    ...RUNTIME,
    terms: 'body hash',
    book: 'currency accounts head_hash thresholds owes',
    entries:
      'id type currency price_line reference_type reference_id company_id branch_id customer_id description_key epoch_link key prev_hash hash attests',
    postings: 'account',
    topups: 'id body',
    holds: 'key status refs',
    usage_lines: 'period price_line event_type',
    // Hashes of keys that we or a client's system made for an event, and sums.
    usage_keys: 'key_hash body_hash',
    usage_sums: 'event_type',
    storage_level: 'period',
    usage_upkeep: 'after_key',
    closed_periods: 'period invoice hash statement',
    billing: 'fees_from',
    appointment_fees: 'appointment_id',
    transfers: 'key id direction peer_id account currency cause state reason',
    // What it is for is a noun and its id.
    reservations: 'id account state reference',
  },
};

const listed = (columns: Readonly<Record<string, string>>): string[] =>
  Object.entries(columns).flatMap(([table, names]) => names.split(' ').map((name) => `${table}.${name}`));

/** `table.column` of D1. */
export const HOLDS_NOBODY: ReadonlySet<string> = new Set(GROUPS.flatMap(({ columns }) => listed(columns)));
/** `table.column` of an object's file. */
export const holdsNobodyIn = (kind: 'calendar' | 'ledger'): ReadonlySet<string> => new Set(listed(OBJECTS[kind]));
