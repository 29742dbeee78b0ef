CREATE TABLE `account_links` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`token_hash` text,
	`email` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_links_token_hash_unique` ON `account_links` (`token_hash`);
--> statement-breakpoint
CREATE INDEX `account_links_user` ON `account_links` (`tenant_id`,`user_id`,`purpose`);
--> statement-breakpoint
CREATE INDEX `account_links_expiry` ON `account_links` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `pricing_plans` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`model` text NOT NULL,
	`currency` text NOT NULL,
	`charges` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "pricing_plans_version" CHECK("pricing_plans"."version" >= 1),
	CONSTRAINT "pricing_plans_currency" CHECK(length("pricing_plans"."currency") = 3)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pricing_plans_id` ON `pricing_plans` (`id`);
--> statement-breakpoint
CREATE INDEX `pricing_plans_name` ON `pricing_plans` (`tenant_id`,`name`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `pricing_plans_deleted_name` ON `pricing_plans` (`tenant_id`,`name`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `pricing_plans_created` ON `pricing_plans` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `pricing_plans_deleted_created` ON `pricing_plans` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE TABLE `setup_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `setup_tokens_expiry` ON `setup_tokens` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `system_settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL,
	CONSTRAINT "system_settings_version" CHECK("system_settings"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `onboarding_skips` (
	`tenant_id` text NOT NULL,
	`step` text NOT NULL,
	`skipped_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `step`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `agents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`branch_id` text NOT NULL,
	`language` text NOT NULL,
	`trade` text NOT NULL,
	`voice` text NOT NULL,
	`first_sentence` text,
	`transfer_number` text,
	`emergency_number` text,
	`abilities` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`llm_id` text,
	`agent_id` text,
	`remote_version` integer,
	`sent_hash` text,
	`differences` text NOT NULL,
	`twins` text NOT NULL,
	`job_id` text,
	`live_at` integer,
	`checked_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `agents_created` ON `agents` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `agents_deleted_created` ON `agents` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `agents_branch_created` ON `agents` (`tenant_id`,`branch_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `agents_state_created` ON `agents` (`tenant_id`,`state`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `agents_remote` ON `agents` (`tenant_id`,`agent_id`);
--> statement-breakpoint
CREATE TABLE `business_numbers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`branch_id` text NOT NULL,
	`agent_id` text,
	`country` text NOT NULL,
	`e164` text,
	`published_number` text,
	`state` text NOT NULL,
	`reason` text,
	`sent_hash` text,
	`first_call_at` integer,
	`last_call_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `business_numbers_created` ON `business_numbers` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `business_numbers_deleted_created` ON `business_numbers` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `business_numbers_branch_created` ON `business_numbers` (`tenant_id`,`branch_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `business_numbers_state_created` ON `business_numbers` (`tenant_id`,`state`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `business_numbers_e164` ON `business_numbers` (`tenant_id`,`e164`);
--> statement-breakpoint
CREATE INDEX `business_numbers_agent` ON `business_numbers` (`tenant_id`,`agent_id`);
--> statement-breakpoint
CREATE TABLE `number_orders` (
	`number_id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`country` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `number_orders_turn` ON `number_orders` (`country`,`created_at`,`number_id`);
--> statement-breakpoint
CREATE TABLE `pool_numbers` (
	`id` text PRIMARY KEY NOT NULL,
	`e164` text NOT NULL,
	`country` text NOT NULL,
	`termination_uri` text NOT NULL,
	`transport` text NOT NULL,
	`sip_username` text,
	`sealed_sip_password` text,
	`state` text NOT NULL,
	`claimed_by` text,
	`number_id` text,
	`claimed_at` integer,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pool_numbers_e164_unique` ON `pool_numbers` (`e164`);
--> statement-breakpoint
CREATE UNIQUE INDEX `pool_numbers_number_id_unique` ON `pool_numbers` (`number_id`);
--> statement-breakpoint
CREATE INDEX `pool_numbers_list` ON `pool_numbers` (`state`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `pool_numbers_free` ON `pool_numbers` (`country`,`created_at`,`id`) WHERE state = 'free';
--> statement-breakpoint
DROP INDEX `tenants_parent`;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `legal` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `limits` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `features` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `plan_id` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `trial_ends_at` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `past_due_since` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `suspended_at` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `status_reason` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `vat_check` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `updated_at` integer;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `version` integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `told_version` integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
CREATE INDEX `tenants_created` ON `tenants` (`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `tenants_type` ON `tenants` (`type`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `tenants_status` ON `tenants` (`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `tenants_children` ON `tenants` (`parent_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `tenants_children_status` ON `tenants` (`parent_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `tenants_trials` ON `tenants` (`trial_ends_at`) WHERE status = 'trial';
--> statement-breakpoint
CREATE INDEX `tenants_past_due` ON `tenants` (`past_due_since`) WHERE status = 'past_due';
--> statement-breakpoint
CREATE INDEX `tenants_untold` ON `tenants` (`id`) WHERE told_version <> version;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `ip_allow` text;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `warned_at` integer;
--> statement-breakpoint
CREATE INDEX `api_keys_ending` ON `api_keys` (`expires_at`) WHERE revoked_at IS NULL AND warned_at IS NULL;
--> statement-breakpoint
ALTER TABLE `users` ADD `last_sign_in_at` integer;
--> statement-breakpoint
ALTER TABLE `domains` ADD `proof` text;
--> statement-breakpoint
ALTER TABLE `domains` ADD `fault` text;
--> statement-breakpoint
ALTER TABLE `domains` ADD `checked_at` integer;
--> statement-breakpoint
ALTER TABLE `domains` ADD `active_since` integer;
--> statement-breakpoint
ALTER TABLE `domains` ADD `created_at` integer;
--> statement-breakpoint
ALTER TABLE `retell_agents` ADD `first_sentence` text;
