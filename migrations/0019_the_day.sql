CREATE TABLE `call_steps` (
	`tenant_id` text NOT NULL,
	`call_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`after_turns` integer,
	`function` text NOT NULL,
	`succeeded` integer NOT NULL,
	`code` text,
	`said` text,
	`appointment_id` text,
	PRIMARY KEY(`tenant_id`, `call_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_steps_at` ON `call_steps` (`tenant_id`,`at`);
--> statement-breakpoint
CREATE TABLE `callback_attempts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`callback_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`note` text,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `callback_attempts_of` ON `callback_attempts` (`tenant_id`,`callback_id`,`at`,`id`);
--> statement-breakpoint
CREATE TABLE `consents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`purpose` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`text_version` text,
	`at` integer NOT NULL,
	`way` text NOT NULL,
	`proof` text,
	`recorded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `consents_at` ON `consents` (`tenant_id`,`at`,`id`);
--> statement-breakpoint
CREATE INDEX `consents_customer` ON `consents` (`tenant_id`,`customer_id`,`at`,`id`);
--> statement-breakpoint
CREATE TABLE `customer_notes` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`type` text NOT NULL,
	`visibility` text NOT NULL,
	`pinned` integer DEFAULT false NOT NULL,
	`author_kind` text NOT NULL,
	`author_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`pin_order` integer GENERATED ALWAYS AS (created_at + pinned * 100000000000000) VIRTUAL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "customer_notes_version" CHECK("customer_notes"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_notes_created` ON `customer_notes` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customer_notes_deleted_created` ON `customer_notes` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `customer_notes_customer_created` ON `customer_notes` (`tenant_id`,`customer_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customer_notes_pinned` ON `customer_notes` (`tenant_id`,`pin_order`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customer_notes_deleted_pinned` ON `customer_notes` (`tenant_id`,`pin_order`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `customer_notes_customer_pinned` ON `customer_notes` (`tenant_id`,`customer_id`,`pin_order`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customer_notes_removal` ON `customer_notes` (`tenant_id`,`deleted_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE TABLE `stopped_addresses` (
	`tenant_id` text NOT NULL,
	`channel` text NOT NULL,
	`address_hash` text NOT NULL,
	`purpose` text NOT NULL,
	`stopped_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `channel`, `address_hash`, `purpose`)
) STRICT;
--> statement-breakpoint
DROP INDEX `appointment_modifications_appointment`;
--> statement-breakpoint
CREATE INDEX `appointment_modifications_appointment` ON `appointment_modifications` (`tenant_id`,`appointment_id`,`at`,`id`);
--> statement-breakpoint
DROP INDEX `notifications_customer`;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `legal_class` text;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `verdict` text;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `because` text;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `decided_at` integer;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `branch_id` text;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `subject` text;
--> statement-breakpoint
ALTER TABLE `notifications` ADD `body` text;
--> statement-breakpoint
CREATE INDEX `notifications_appointment` ON `notifications` (`tenant_id`,`appointment_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `notifications_customer` ON `notifications` (`tenant_id`,`customer_id`,`created_at`,`id`);
--> statement-breakpoint
ALTER TABLE `appointments` ADD `deleted_at` integer;
--> statement-breakpoint
CREATE INDEX `appointments_pending` ON `appointments` (`tenant_id`,`starts_at`,`id`) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX `appointments_deleted` ON `appointments` (`tenant_id`,`starts_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `callback_requests` ADD `priority` text DEFAULT 'normal' NOT NULL;
--> statement-breakpoint
ALTER TABLE `callback_requests` ADD `due_at` integer;
--> statement-breakpoint
ALTER TABLE `callback_requests` ADD `due_order` integer GENERATED ALWAYS AS (coalesce(due_at, created_at)) VIRTUAL;
--> statement-breakpoint
ALTER TABLE `callback_requests` ADD `escalated_at` integer;
--> statement-breakpoint
CREATE INDEX `callback_requests_due` ON `callback_requests` (`tenant_id`,`due_order`,`id`);
--> statement-breakpoint
CREATE INDEX `callback_requests_status_due` ON `callback_requests` (`tenant_id`,`status`,`due_order`,`id`);
--> statement-breakpoint
CREATE INDEX `callback_requests_taker` ON `callback_requests` (`tenant_id`,`assigned_to`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `callback_requests_taker_due` ON `callback_requests` (`tenant_id`,`assigned_to`,`due_order`,`id`);
--> statement-breakpoint
CREATE INDEX `callback_requests_call` ON `callback_requests` (`tenant_id`,`call_id`);
--> statement-breakpoint
CREATE INDEX `callback_requests_overdue` ON `callback_requests` (`due_at`) WHERE escalated_at IS NULL AND status IN ('open', 'assigned') AND due_at IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `calls` ADD `reviewed_at` integer;
--> statement-breakpoint
ALTER TABLE `calls` ADD `reviewed_by` text;
--> statement-breakpoint
ALTER TABLE `calls` ADD `deleted_at` integer;
--> statement-breakpoint
CREATE INDEX `calls_from` ON `calls` (`tenant_id`,`from_number`,`started_at`);
--> statement-breakpoint
CREATE INDEX `calls_summary` ON `calls` (`tenant_id`,`started_at`,`id`,`summary`) WHERE summary IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `calls_deleted` ON `calls` (`tenant_id`,`started_at`,`id`) WHERE deleted_at IS NOT NULL;
