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
CREATE TABLE `erasures` (
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`requested_at` integer NOT NULL,
	`requested_by` text NOT NULL,
	`due_at` integer NOT NULL,
	`runs` integer DEFAULT 0 NOT NULL,
	`erased_at` integer,
	`calendar_epoch` integer,
	`counts` text NOT NULL,
	`left_at_calcom` text NOT NULL,
	`closed_at` integer,
	`closed_by` text,
	PRIMARY KEY(`tenant_id`, `customer_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `erasures_due` ON `erasures` (`state`,`due_at`);
--> statement-breakpoint
CREATE INDEX `erasures_list` ON `erasures` (`tenant_id`,`requested_at`,`customer_id`);
--> statement-breakpoint
CREATE INDEX `erasures_state` ON `erasures` (`tenant_id`,`state`,`requested_at`,`customer_id`);
--> statement-breakpoint
DROP INDEX `external_conflicts_status`;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `kind` text DEFAULT 'booking' NOT NULL;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `reason` text DEFAULT 'person_taken' NOT NULL;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `event_type_id` text;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `host_id` text;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `resolution` text;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `resolved_at` integer;
--> statement-breakpoint
CREATE INDEX `external_conflicts_created_at` ON `external_conflicts` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `external_conflicts_by_status` ON `external_conflicts` (`tenant_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `external_conflicts_by_kind` ON `external_conflicts` (`tenant_id`,`kind`,`created_at`,`id`);
--> statement-breakpoint
DROP INDEX `topups_payment`;
--> statement-breakpoint
CREATE INDEX `topups_by_payment` ON `topups` (`payment_id`) WHERE payment_id IS NOT NULL;
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
ALTER TABLE `calcom_event_maps` ADD `replacing_uid` text;
--> statement-breakpoint
ALTER TABLE `calls` ADD `erased_at` integer;
--> statement-breakpoint
CREATE INDEX `calls_texts` ON `calls` (`tenant_id`,`started_at`) WHERE (transcript IS NOT NULL OR transcript_key IS NOT NULL OR summary IS NOT NULL OR analysis IS NOT NULL OR recording_url IS NOT NULL);
--> statement-breakpoint
CREATE INDEX `calls_people` ON `calls` (`tenant_id`,`started_at`) WHERE (from_number IS NOT NULL OR to_number IS NOT NULL OR customer_id IS NOT NULL OR appointment_id IS NOT NULL);
--> statement-breakpoint
ALTER TABLE `customers` ADD `origin` text;
--> statement-breakpoint
ALTER TABLE `customers` ADD `deletion_requested_at` integer;
--> statement-breakpoint
ALTER TABLE `customers` ADD `erased_at` integer;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_origin` ON `customers` (`tenant_id`,`origin`) WHERE origin IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `settled_at` integer;
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `settled_by` text;
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `note` text;
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`settled_at`,`at`,`tenant_id`,`id`);
--> statement-breakpoint
ALTER TABLE `ledger_entries` ADD `attests` text;
--> statement-breakpoint
CREATE INDEX `webhook_logs_bodies` ON `webhook_logs` (`tenant_id`,`received_at`) WHERE (payload IS NOT NULL OR payload_key IS NOT NULL);
--> statement-breakpoint
CREATE INDEX `notifications_contents` ON `notifications` (`tenant_id`,`created_at`) WHERE recipient <> '';
--> statement-breakpoint
-- By hand: payments that were resolved before say so.
UPDATE `unmatched_payments` SET `state` = 'settled', `resolution` = 'booked' WHERE `resolved_at` IS NOT NULL;
--> statement-breakpoint
-- By hand: conflicts of the first version about an appointment of ours were moves.
UPDATE `external_conflicts` SET `kind` = 'move' WHERE `appointment_id` IS NOT NULL;
