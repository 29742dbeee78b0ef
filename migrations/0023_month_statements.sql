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
