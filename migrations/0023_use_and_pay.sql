CREATE TABLE `ledger_transfers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`transfer_id` text NOT NULL,
	`direction` text NOT NULL,
	`peer_id` text NOT NULL,
	`account` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`currency` text NOT NULL,
	`cause` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`sent_at` integer NOT NULL,
	`ended_at` integer,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ledger_transfers_sent` ON `ledger_transfers` (`sent_at`);
--> statement-breakpoint
CREATE TABLE `period_statements` (
	`tenant_id` text NOT NULL,
	`period` text NOT NULL,
	`closed_at` integer NOT NULL,
	`currency` text NOT NULL,
	`first_number` integer NOT NULL,
	`last_number` integer NOT NULL,
	`opening_cents` integer NOT NULL,
	`closing_cents` integer NOT NULL,
	`total_cents` integer NOT NULL,
	`sums` text NOT NULL,
	`invoice` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `period`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `tenants` ADD `subscription` text;
