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
ALTER TABLE `domains` ADD `proof` text;
--> statement-breakpoint
ALTER TABLE `domains` ADD `fault` text;
--> statement-breakpoint
ALTER TABLE `domains` ADD `checked_at` integer;
--> statement-breakpoint
ALTER TABLE `domains` ADD `active_since` integer;
--> statement-breakpoint
ALTER TABLE `domains` ADD `created_at` integer;
