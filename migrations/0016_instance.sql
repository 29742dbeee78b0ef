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
