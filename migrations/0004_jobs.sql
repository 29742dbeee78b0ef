CREATE TABLE `cron_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`due_at` integer NOT NULL,
	`trigger` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text NOT NULL,
	`attempts` integer NOT NULL,
	`counts` text,
	`error` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cron_runs_due` ON `cron_runs` (`name`,`due_at`);
--> statement-breakpoint
CREATE INDEX `cron_runs_age` ON `cron_runs` (`started_at`);
--> statement-breakpoint
CREATE TABLE `cron_states` (
	`name` text PRIMARY KEY NOT NULL,
	`claim` integer NOT NULL,
	`last_due_at` integer,
	`running_due_at` integer,
	`lease_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`last_run_due_at` integer,
	`paused_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `job_items` (
	`tenant_id` text NOT NULL,
	`job_id` text NOT NULL,
	`outcome` text NOT NULL,
	`step` text NOT NULL,
	`item` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `job_id`, `outcome`, `step`, `item`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `jobs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`reach` text NOT NULL,
	`params` text NOT NULL,
	`dry` integer NOT NULL,
	`state` text NOT NULL,
	`step` integer NOT NULL,
	`steps` text NOT NULL,
	`counts` text NOT NULL,
	`failed` integer NOT NULL,
	`planned` integer NOT NULL,
	`claim` integer NOT NULL,
	`lease_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`error` text,
	`rerun_of` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`tenant_id`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `jobs_kind` ON `jobs` (`tenant_id`,`kind`,`id`);
--> statement-breakpoint
CREATE INDEX `jobs_waiting` ON `jobs` (`state`,`not_before`);
--> statement-breakpoint
CREATE INDEX `jobs_ended` ON `jobs` (`ended_at`);
