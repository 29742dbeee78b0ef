CREATE TABLE `alarms` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`subject` text NOT NULL,
	`tenant_id` text,
	`first_seen_at` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`count` integer NOT NULL,
	`detail` text NOT NULL,
	`cleared_at` integer,
	`cleared_by` text,
	`reason` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `alarms_subject` ON `alarms` (`kind`,`subject`);
--> statement-breakpoint
CREATE INDEX `alarms_state` ON `alarms` (`state`,`opened_at`,`id`);
--> statement-breakpoint
CREATE INDEX `alarms_kind` ON `alarms` (`state`,`kind`,`opened_at`,`id`);
--> statement-breakpoint
CREATE INDEX `alarms_tenant` ON `alarms` (`tenant_id`,`state`,`opened_at`,`id`);
--> statement-breakpoint
CREATE INDEX `alarms_cleared_at` ON `alarms` (`cleared_at`);
--> statement-breakpoint
CREATE TABLE `ledger_checks` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`verified_at` integer NOT NULL,
	`full_at` integer NOT NULL,
	`ok` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `ledger_checks_due` ON `ledger_checks` (`verified_at`,`tenant_id`);
--> statement-breakpoint
CREATE TABLE `request_counts` (
	`minute` integer PRIMARY KEY NOT NULL,
	`requests` integer NOT NULL,
	`failed` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `vendor_outcomes` (
	`vendor` text NOT NULL,
	`tenant_id` text NOT NULL,
	`succeeded_at` integer,
	`failed_at` integer,
	`failures_in_row` integer NOT NULL,
	`last_fault` text,
	PRIMARY KEY(`tenant_id`, `vendor`)
) STRICT;
--> statement-breakpoint
DROP INDEX `unmatched_payments_open`;
--> statement-breakpoint
ALTER TABLE `unmatched_payments` ADD `state` text DEFAULT 'open' NOT NULL;
--> statement-breakpoint
ALTER TABLE `unmatched_payments` ADD `resolution` text;
--> statement-breakpoint
ALTER TABLE `unmatched_payments` ADD `resolved_by` text;
--> statement-breakpoint
ALTER TABLE `unmatched_payments` ADD `note` text;
--> statement-breakpoint
CREATE INDEX `unmatched_payments_state` ON `unmatched_payments` (`state`,`created_at`,`tenant_id`,`id`);
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `settled_at` integer;
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `settled_by` text;
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `note` text;
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`settled_at`,`at`,`tenant_id`,`id`);
--> statement-breakpoint
-- by hand: events that were resolved before say so
UPDATE `unmatched_payments` SET `state` = 'settled', `resolution` = 'booked' WHERE `resolved_at` IS NOT NULL;
