CREATE TABLE `absence_requests` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`staff_id` text NOT NULL,
	`asked_by` text,
	`kind` text NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`from_time` text,
	`to_time` text,
	`note` text,
	`status` text DEFAULT 'open' NOT NULL,
	`reason` text,
	`decided_by` text,
	`decided_at` integer,
	`exception_id` text,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `absence_requests_created` ON `absence_requests` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `absence_requests_status` ON `absence_requests` (`tenant_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `absence_requests_staff` ON `absence_requests` (`tenant_id`,`staff_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE TABLE `call_recordings` (
	`tenant_id` text NOT NULL,
	`call_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`audio_key` text,
	`bytes` integer,
	`content_type` text,
	`started_at` integer NOT NULL,
	`copied_at` integer,
	`vendor_deleted_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `call_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_recordings_started` ON `call_recordings` (`tenant_id`,`started_at`,`call_id`);
--> statement-breakpoint
CREATE INDEX `call_recordings_state` ON `call_recordings` (`tenant_id`,`state`,`bytes`);
--> statement-breakpoint
CREATE TABLE `source_refusals` (
	`minute` integer PRIMARY KEY NOT NULL,
	`refused` integer NOT NULL,
	`address` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `passkeys` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`host` text NOT NULL,
	`name` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`is_synced` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_credential_id_unique` ON `passkeys` (`credential_id`);
--> statement-breakpoint
CREATE INDEX `passkeys_user` ON `passkeys` (`tenant_id`,`user_id`,`id`);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`tenant_id`, `user_id`, `code_hash`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `roles` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`base_role` text NOT NULL,
	`permissions` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "roles_version" CHECK("roles"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `roles_removal` ON `roles` (`deleted_at`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`realm` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`salt` text NOT NULL,
	`confirmed_at` integer,
	`last_step` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `user_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `second_factors_sealed` ON `second_factors` (`sealed_secret`);
--> statement-breakpoint
CREATE TABLE `sign_in_challenges` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`user_id` text NOT NULL,
	`realm` text NOT NULL,
	`way` text NOT NULL,
	`remember_me` integer NOT NULL,
	`is_new` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_in_challenges_user` ON `sign_in_challenges` (`tenant_id`,`user_id`);
--> statement-breakpoint
CREATE INDEX `sign_in_challenges_expiry` ON `sign_in_challenges` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `support_sessions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`user_name` text NOT NULL,
	`operator_id` text NOT NULL,
	`operator_name` text NOT NULL,
	`operator_session_id` text NOT NULL,
	`reason` text NOT NULL,
	`token_hash` text,
	`token_until` integer,
	`started_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `support_sessions_token_hash_unique` ON `support_sessions` (`token_hash`);
--> statement-breakpoint
CREATE INDEX `support_sessions_age` ON `support_sessions` (`tenant_id`,`started_at`,`id`);
--> statement-breakpoint
CREATE TABLE `legal_acceptances` (
	`tenant_id` text NOT NULL,
	`text_id` text NOT NULL,
	`issuer_id` text NOT NULL,
	`kind` text NOT NULL,
	`language` text NOT NULL,
	`version` integer NOT NULL,
	`user_id` text NOT NULL,
	`accepted_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `text_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `legal_texts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`language` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`published_at` integer NOT NULL,
	`published_by` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "legal_texts_numbers" CHECK("legal_texts"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `legal_texts_version` ON `legal_texts` (`tenant_id`,`kind`,`language`,`version`);
--> statement-breakpoint
CREATE UNIQUE INDEX `legal_texts_id` ON `legal_texts` (`id`);
--> statement-breakpoint
CREATE INDEX `legal_texts_kind` ON `legal_texts` (`tenant_id`,`kind`,`id`);
--> statement-breakpoint
CREATE INDEX `legal_texts_language` ON `legal_texts` (`tenant_id`,`language`,`id`);
--> statement-breakpoint
CREATE TABLE `signups` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`business` text NOT NULL,
	`trade` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`country` text NOT NULL,
	`language` text NOT NULL,
	`agreed` text NOT NULL,
	`token_hash` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `signups_token_hash_unique` ON `signups` (`token_hash`);
--> statement-breakpoint
CREATE INDEX `signups_created` ON `signups` (`created_at`);
--> statement-breakpoint
CREATE INDEX `signups_email` ON `signups` (`tenant_id`,`email`);
--> statement-breakpoint
CREATE TABLE `defects` (
	`id` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`message` text NOT NULL,
	`frames` text NOT NULL,
	`fields` text NOT NULL,
	`count` integer NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`state` text NOT NULL,
	`alarmed_at` integer,
	`state_by` text,
	`note` text,
	`version` integer DEFAULT 1 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `defects_state` ON `defects` (`state`,`last_seen_at`,`id`);
--> statement-breakpoint
CREATE INDEX `defects_seen` ON `defects` (`last_seen_at`);
--> statement-breakpoint
CREATE TABLE `inbound_events` (
	`source` text NOT NULL,
	`event_type` text NOT NULL,
	`count` integer NOT NULL,
	`first_seen_at` integer,
	`last_seen_at` integer,
	`off_at` integer,
	`off_by` text,
	`off_reason` text,
	PRIMARY KEY(`source`, `event_type`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `live_checks` (
	`name` text PRIMARY KEY NOT NULL,
	`result` text,
	`code` text,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`ms` integer NOT NULL,
	`by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `queue_probes` (
	`id` text NOT NULL,
	`queue` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`id`, `queue`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `queue_probes_at` ON `queue_probes` (`at`);
--> statement-breakpoint
CREATE TABLE `security_events` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`event` text NOT NULL,
	`request_id` text,
	`tenant_id` text,
	`fields` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `security_events_at` ON `security_events` (`at`,`id`);
--> statement-breakpoint
CREATE INDEX `security_events_tenant` ON `security_events` (`tenant_id`,`at`,`id`) WHERE tenant_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `security_events_request` ON `security_events` (`request_id`,`at`,`id`) WHERE request_id IS NOT NULL;
--> statement-breakpoint
CREATE TABLE `uptime_checks` (
	`at` integer PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`ill` text NOT NULL,
	`latency_ms` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `watch_marks` (
	`name` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `alarms` ADD `told` integer;
--> statement-breakpoint
CREATE INDEX `alarms_told` ON `alarms` (`told`) WHERE told IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `audit_log` ADD `impersonator_id` text;
--> statement-breakpoint
ALTER TABLE `sessions` ADD `impersonated_by` text;
--> statement-breakpoint
ALTER TABLE `sessions` ADD `support_id` text;
--> statement-breakpoint
CREATE INDEX `sessions_support` ON `sessions` (`support_id`) WHERE support_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `users` ADD `custom_role_id` text;
--> statement-breakpoint
ALTER TABLE `users` ADD `company_ids` text;
--> statement-breakpoint
ALTER TABLE `users` ADD `branch_ids` text;
--> statement-breakpoint
ALTER TABLE `users` ADD `own_only` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `users` ADD `preferences` text;
--> statement-breakpoint
CREATE INDEX `users_custom_role` ON `users` (`tenant_id`,`custom_role_id`,`id`) WHERE custom_role_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `api_key_hint` text;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `webhook_secret_hint` text;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `version` integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `updated_at` integer;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `updated_by` text;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `tested_at` integer;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `test_ms` integer;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `test_fault` text;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `test_said` text;
--> statement-breakpoint
CREATE INDEX `integrations_company` ON `integrations` (`company_id`,`vendor`);
--> statement-breakpoint
CREATE INDEX `integrations_api_key` ON `integrations` (`sealed_api_key`) WHERE sealed_api_key IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `integrations_webhook_secret` ON `integrations` (`sealed_webhook_secret`) WHERE sealed_webhook_secret IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `retell_agents` ADD `recording` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `trade` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `told_status` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `trial_told_days` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `support_access_until` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `support_access_by` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `support_access_at` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `admin_networks` text;
--> statement-breakpoint
ALTER TABLE `agents` ADD `recording` text DEFAULT 'off' NOT NULL;
--> statement-breakpoint
ALTER TABLE `agents` ADD `recording_accepted_by` text;
--> statement-breakpoint
ALTER TABLE `agents` ADD `recording_accepted_at` integer;
--> statement-breakpoint
ALTER TABLE `agents` ADD `recording_notice` integer;
--> statement-breakpoint
CREATE INDEX `webhook_logs_event` ON `webhook_logs` (`unique_id`);
--> statement-breakpoint
CREATE INDEX `pool_numbers_sealed` ON `pool_numbers` (`sealed_sip_password`) WHERE sealed_sip_password IS NOT NULL;
