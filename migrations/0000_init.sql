CREATE TABLE `calcom_event_maps` (
	`tenant_id` text NOT NULL,
	`appointment_id` text NOT NULL,
	`uid` text,
	`pushed_version` integer DEFAULT 0 NOT NULL,
	`status` text NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`lease_by` text,
	`creating` integer DEFAULT false NOT NULL,
	`last_error` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `appointment_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `calcom_event_maps_uid` ON `calcom_event_maps` (`tenant_id`,`uid`);
--> statement-breakpoint
CREATE INDEX `calcom_event_maps_status` ON `calcom_event_maps` (`tenant_id`,`status`,`updated_at`);
--> statement-breakpoint
CREATE TABLE `calcom_routes` (
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`tenant_id` text NOT NULL,
	PRIMARY KEY(`kind`, `value`, `tenant_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `calcom_routes_tenant` ON `calcom_routes` (`tenant_id`);
--> statement-breakpoint
CREATE TABLE `appointment_modifications` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`appointment_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`type` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`old_starts_at` integer,
	`new_starts_at` integer,
	`old_staff_id` text,
	`new_staff_id` text,
	`old_status` text NOT NULL,
	`new_status` text NOT NULL,
	`policy_check` text NOT NULL,
	`policy_violation` integer NOT NULL,
	`fee_cents` integer NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `appointment_modifications_appointment` ON `appointment_modifications` (`tenant_id`,`appointment_id`,`at`);
--> statement-breakpoint
CREATE INDEX `appointment_modifications_at` ON `appointment_modifications` (`tenant_id`,`at`);
--> statement-breakpoint
CREATE TABLE `appointments` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`company_id` text NOT NULL,
	`branch_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`service_id` text NOT NULL,
	`more_service_ids` text NOT NULL,
	`staff_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`status` text NOT NULL,
	`source` text NOT NULL,
	`booking_type` text NOT NULL,
	`party_size` integer NOT NULL,
	`price_cents` integer NOT NULL,
	`currency` text NOT NULL,
	`segments` text NOT NULL,
	`resources` text NOT NULL,
	`notes` text,
	`internal_notes` text,
	`call_id` text,
	`calcom_uid` text,
	`sync_status` text NOT NULL,
	`parent_appointment_id` text,
	`reschedule_count` integer NOT NULL,
	`policy_violation` integer NOT NULL,
	`cancellation_fee_cents` integer NOT NULL,
	`version` integer NOT NULL,
	`created_by_kind` text NOT NULL,
	`created_by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`cancelled_at` integer,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `appointments_starts` ON `appointments` (`tenant_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `appointments_customer` ON `appointments` (`tenant_id`,`customer_id`,`starts_at`);
--> statement-breakpoint
CREATE INDEX `appointments_staff` ON `appointments` (`tenant_id`,`staff_id`,`starts_at`);
--> statement-breakpoint
CREATE INDEX `appointments_branch` ON `appointments` (`tenant_id`,`branch_id`,`starts_at`);
--> statement-breakpoint
CREATE INDEX `appointments_call` ON `appointments` (`tenant_id`,`call_id`);
--> statement-breakpoint
CREATE INDEX `appointments_calcom` ON `appointments` (`tenant_id`,`calcom_uid`);
--> statement-breakpoint
CREATE TABLE `customer_stats` (
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`appointments` integer NOT NULL,
	`completed` integer NOT NULL,
	`cancellations` integer NOT NULL,
	`reschedules` integer NOT NULL,
	`no_shows` integer NOT NULL,
	`modifications` integer NOT NULL,
	`last_starts_at` integer,
	`last_modified_at` integer,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `customer_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `external_conflicts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`external_uid` text NOT NULL,
	`conflicting_appointment_id` text,
	`appointment_id` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`staff_id` text,
	`service_id` text,
	`customer_id` text,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `external_conflicts_status` ON `external_conflicts` (`tenant_id`,`status`,`created_at`);
--> statement-breakpoint
CREATE TABLE `schedule_items` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`company_id` text,
	`branch_id` text,
	`name` text,
	`active` integer NOT NULL,
	`body` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `schedule_items_company` ON `schedule_items` (`tenant_id`,`company_id`);
--> statement-breakpoint
CREATE TABLE `callback_requests` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`call_id` text,
	`customer_id` text,
	`branch_id` text,
	`phone` text,
	`name` text,
	`reason` text,
	`wish` text,
	`created_at` integer NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `callback_requests_list` ON `callback_requests` (`tenant_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `callback_requests_created` ON `callback_requests` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE TABLE `calls` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`company_id` text,
	`branch_id` text,
	`customer_id` text,
	`appointment_id` text,
	`agent_id` text,
	`direction` text NOT NULL,
	`from_number` text,
	`to_number` text,
	`status` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`duration_ms` integer,
	`disconnection_reason` text,
	`language` text,
	`transcript` text,
	`transcript_key` text,
	`summary` text,
	`sentiment` text,
	`successful` integer,
	`recording_url` text,
	`analysis` text,
	`cost_usd_micros` integer,
	`cost_parts` text,
	`knowledge` text NOT NULL,
	`charge_state` text DEFAULT 'none' NOT NULL,
	`held_cents` integer DEFAULT 0 NOT NULL,
	`charged_cents` integer,
	`currency` text,
	`money` text,
	`opened_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `calls_list` ON `calls` (`tenant_id`,`started_at`,`id`);
--> statement-breakpoint
CREATE INDEX `calls_status` ON `calls` (`tenant_id`,`status`,`started_at`,`id`);
--> statement-breakpoint
CREATE INDEX `calls_customer` ON `calls` (`tenant_id`,`customer_id`,`started_at`);
--> statement-breakpoint
CREATE INDEX `calls_id` ON `calls` (`id`);
--> statement-breakpoint
CREATE INDEX `calls_open` ON `calls` (`status`,`updated_at`);
--> statement-breakpoint
CREATE TABLE `customer_phones` (
	`tenant_id` text NOT NULL,
	`e164` text NOT NULL,
	`extension` text DEFAULT '' NOT NULL,
	`customer_id` text NOT NULL,
	`is_primary` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `e164`, `extension`, `customer_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_phones_customer` ON `customer_phones` (`tenant_id`,`customer_id`);
--> statement-breakpoint
CREATE TABLE `customers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`company_id` text,
	`first_name` text,
	`last_name` text,
	`email` text,
	`language` text,
	`vip` integer DEFAULT false NOT NULL,
	`journey_status` text DEFAULT 'lead' NOT NULL,
	`source` text NOT NULL,
	`preferred_branch_id` text,
	`preferred_staff_id` text,
	`notes` text,
	`marketing_consent` integer DEFAULT false NOT NULL,
	`last_activity_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "customers_version" CHECK("customers"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `customers_list` ON `customers` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `customers_email` ON `customers` (`tenant_id`,`email`);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`realm`,`user_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_provider` ON `accounts` (`realm`,`provider_id`,`account_id`);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`key_hash` text NOT NULL,
	`mode` text NOT NULL,
	`scopes` text NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`replaces_id` text,
	`revoked_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_key_hash_unique` ON `api_keys` (`key_hash`);
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`log` text NOT NULL,
	`description` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`causer_type` text NOT NULL,
	`causer_id` text NOT NULL,
	`fields` text NOT NULL,
	`request_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`tenant_id`,`subject_type`,`subject_id`,`id`);
--> statement-breakpoint
CREATE TABLE `audit_values` (
	`tenant_id` text NOT NULL,
	`audit_id` text NOT NULL,
	`before` text,
	`after` text,
	`ip` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `audit_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_values_age` ON `audit_values` (`tenant_id`,`created_at`);
--> statement-breakpoint
CREATE TABLE `request_outcomes` (
	`tenant_id` text NOT NULL,
	`causer` text NOT NULL,
	`key` text NOT NULL,
	`input_hash` text NOT NULL,
	`status` integer,
	`body` text,
	`head` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `causer`, `key`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `request_outcomes_expiry` ON `request_outcomes` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`realm`,`user_id`);
--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`locked_until` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_in_attempts_age` ON `sign_in_attempts` (`updated_at`);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`tenant_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`role` text NOT NULL,
	`language` text DEFAULT 'de' NOT NULL,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "users_email_lower" CHECK("users"."email" = lower("users"."email"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_realm_email` ON `users` (`realm`,`email`);
--> statement-breakpoint
CREATE INDEX `users_email` ON `users` (`email`);
--> statement-breakpoint
CREATE INDEX `users_tenant` ON `users` (`tenant_id`,`id`);
--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`realm` text NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`realm`,`identifier`);
--> statement-breakpoint
CREATE TABLE `balances` (
	`tenant_id` text NOT NULL,
	`currency` text NOT NULL,
	`available_cents` integer NOT NULL,
	`prepaid_cents` integer NOT NULL,
	`bonus_cents` integer NOT NULL,
	`held_cents` integer NOT NULL,
	`sequence` integer NOT NULL,
	`terms_version` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `currency`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`tenant_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`balance_before_cents` integer NOT NULL,
	`balance_after_cents` integer NOT NULL,
	`exact_micros` integer,
	`currency` text NOT NULL,
	`price_line` text,
	`reference_type` text,
	`reference_id` text,
	`company_id` text,
	`branch_id` text,
	`customer_id` text,
	`description_key` text NOT NULL,
	`postings` text NOT NULL,
	`key` text NOT NULL,
	`hash` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `sequence`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ledger_entries_id` ON `ledger_entries` (`tenant_id`,`id`);
--> statement-breakpoint
CREATE INDEX `ledger_entries_type` ON `ledger_entries` (`tenant_id`,`type`,`sequence`);
--> statement-breakpoint
CREATE INDEX `ledger_entries_created` ON `ledger_entries` (`tenant_id`,`created_at`);
--> statement-breakpoint
CREATE INDEX `ledger_entries_reference` ON `ledger_entries` (`tenant_id`,`reference_id`);
--> statement-breakpoint
CREATE TABLE `topups` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`method` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`vat_cents` integer NOT NULL,
	`gross_cents` integer NOT NULL,
	`bonus_cents` integer NOT NULL,
	`bonus_tier_id` text,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`refunded_cents` integer NOT NULL,
	`disputed_cents` integer NOT NULL,
	`vat` text NOT NULL,
	`company_id` text,
	`user_id` text,
	`payment_id` text,
	`checkout_session_id` text,
	`failure_reason` text,
	`created_at` integer NOT NULL,
	`paid_at` integer,
	`version` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `topups_created` ON `topups` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `topups_payment` ON `topups` (`tenant_id`,`payment_id`);
--> statement-breakpoint
CREATE TABLE `usage_lines` (
	`tenant_id` text NOT NULL,
	`period` text NOT NULL,
	`price_line` text NOT NULL,
	`event_type` text NOT NULL,
	`units_per_one` integer NOT NULL,
	`count` integer NOT NULL,
	`quantity_units` integer NOT NULL,
	`billable_units` integer NOT NULL,
	`unit_price_micros` integer NOT NULL,
	`exact_micros` integer NOT NULL,
	`posted_micros` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `period`, `price_line`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `notifications` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`event_type` text NOT NULL,
	`channel` text NOT NULL,
	`recipient` text NOT NULL,
	`language` text NOT NULL,
	`customer_id` text,
	`appointment_id` text,
	`data` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`status` text NOT NULL,
	`status_rank` integer DEFAULT 0 NOT NULL,
	`scheduled_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`sent_at` integer,
	`failed_at` integer,
	`retry_count` integer DEFAULT 0 NOT NULL,
	`error_message` text,
	`provider_message_id` text,
	`segments` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_dedupe` ON `notifications` (`tenant_id`,`dedupe_key`);
--> statement-breakpoint
CREATE INDEX `notifications_created` ON `notifications` (`tenant_id`,`created_at`);
--> statement-breakpoint
CREATE INDEX `notifications_provider` ON `notifications` (`tenant_id`,`provider_message_id`);
--> statement-breakpoint
CREATE INDEX `notifications_customer` ON `notifications` (`tenant_id`,`customer_id`,`created_at`);
--> statement-breakpoint
CREATE TABLE `payment_links` (
	`tenant_id` text NOT NULL,
	`payment_id` text NOT NULL,
	`topup_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `payment_id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_links_payment_id_unique` ON `payment_links` (`payment_id`);
--> statement-breakpoint
CREATE TABLE `unmatched_payments` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`event_type` text NOT NULL,
	`payment_id` text,
	`reason` text NOT NULL,
	`amount_cents` integer,
	`currency` text,
	`webhook_id` text,
	`created_at` integer NOT NULL,
	`resolved_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `unmatched_payments_payment` ON `unmatched_payments` (`payment_id`,`resolved_at`);
--> statement-breakpoint
CREATE INDEX `unmatched_payments_open` ON `unmatched_payments` (`resolved_at`,`created_at`);
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`queue` text NOT NULL,
	`message` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `effects` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`queue` text NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`phase` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `effects_waiting` ON `effects` (`state`,`not_before`);
--> statement-breakpoint
CREATE INDEX `effects_tenant_state` ON `effects` (`tenant_id`,`state`,`created_at`);
--> statement-breakpoint
CREATE TABLE `feed` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`event_id` text NOT NULL,
	`type` text NOT NULL,
	`v` integer NOT NULL,
	`entity` text NOT NULL,
	`at` integer NOT NULL,
	`command_key` text NOT NULL,
	`command_name` text NOT NULL,
	`command` text,
	`input_hash` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`, `epoch`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `feed_event` ON `feed` (`tenant_id`,`kind`,`event_id`);
--> statement-breakpoint
CREATE INDEX `feed_entity` ON `feed` (`tenant_id`,`entity`,`at`);
--> statement-breakpoint
CREATE TABLE `object_heads` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`from_seq` integer NOT NULL,
	`event_id` text,
	`hash` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `webhook_logs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`source` text NOT NULL,
	`event_type` text NOT NULL,
	`unique_id` text NOT NULL,
	`payload` text,
	`payload_key` text,
	`state` text NOT NULL,
	`received_at` integer NOT NULL,
	`processed_at` integer,
	`retry_count` integer DEFAULT 0 NOT NULL,
	`error_message` text,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_logs_unique` ON `webhook_logs` (`tenant_id`,`source`,`unique_id`);
--> statement-breakpoint
CREATE INDEX `webhook_logs_waiting` ON `webhook_logs` (`state`,`received_at`);
--> statement-breakpoint
CREATE TABLE `domains` (
	`tenant_id` text NOT NULL,
	`host` text NOT NULL,
	`status` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `host`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `domains_host_unique` ON `domains` (`host`);
--> statement-breakpoint
CREATE TABLE `integrations` (
	`tenant_id` text NOT NULL,
	`vendor` text NOT NULL,
	`company_id` text DEFAULT '' NOT NULL,
	`base_url` text,
	`sealed_api_key` text,
	`sealed_webhook_secret` text,
	`settings` text,
	`last_sync_at` integer,
	`last_error` text,
	PRIMARY KEY(`tenant_id`, `vendor`, `company_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `phone_numbers` (
	`tenant_id` text NOT NULL,
	`e164` text NOT NULL,
	`branch_id` text NOT NULL,
	`agent_id` text,
	`active` integer DEFAULT true NOT NULL,
	PRIMARY KEY(`tenant_id`, `e164`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `phone_numbers_e164_unique` ON `phone_numbers` (`e164`);
--> statement-breakpoint
CREATE TABLE `retell_agents` (
	`tenant_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`branch_id` text,
	`language` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	PRIMARY KEY(`tenant_id`, `agent_id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `retell_agents_agent_id_unique` ON `retell_agents` (`agent_id`);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`parent_id` text,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`currency` text NOT NULL,
	`locale` text NOT NULL,
	`time_zone` text NOT NULL,
	`country` text NOT NULL,
	`vat_id` text,
	`brand` text,
	`settings` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "tenants_currency" CHECK(length("tenants"."currency") = 3)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tenants_slug_unique` ON `tenants` (`slug`);
--> statement-breakpoint
CREATE INDEX `tenants_parent` ON `tenants` (`parent_id`,`id`);
