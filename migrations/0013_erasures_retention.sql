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
CREATE INDEX `webhook_logs_bodies` ON `webhook_logs` (`tenant_id`,`received_at`) WHERE (payload IS NOT NULL OR payload_key IS NOT NULL);
--> statement-breakpoint
CREATE INDEX `notifications_contents` ON `notifications` (`tenant_id`,`created_at`) WHERE recipient <> '';
