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
