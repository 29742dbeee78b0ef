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
ALTER TABLE `retell_agents` ADD `first_sentence` text;
