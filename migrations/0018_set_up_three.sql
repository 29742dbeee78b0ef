CREATE TABLE `factor_resets` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_by_name` text NOT NULL,
	`asked_by_tenant` text NOT NULL,
	`reason` text NOT NULL,
	`asked_at` integer NOT NULL,
	`confirmed_at` integer,
	`due_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `factor_resets_open` ON `factor_resets` (`tenant_id`,`user_id`) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX `factor_resets_due` ON `factor_resets` (`due_at`) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX `factor_resets_asked` ON `factor_resets` (`asked_at`);
--> statement-breakpoint
CREATE TABLE `legal_drafts` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`language` text NOT NULL,
	`text` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`, `language`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `sessions` ADD `proven_twice` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `factor_demand` text;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `factor_demanded_from` integer;
--> statement-breakpoint
CREATE INDEX `jobs_of_tenants` ON `jobs` (`id`) WHERE tenant_id <> 'platform';
--> statement-breakpoint
CREATE INDEX `jobs_of_tenants_state` ON `jobs` (`state`,`id`) WHERE tenant_id <> 'platform';
