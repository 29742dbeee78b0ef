CREATE TABLE `company_commissions` (
	`tenant_id` text NOT NULL,
	`company_id` text NOT NULL,
	`rate_basis_points` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `company_id`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `imports` ADD `staff_id` text;
--> statement-breakpoint
ALTER TABLE `imports` ADD `source` text;
--> statement-breakpoint
ALTER TABLE `imports` ADD `source_id` text;
--> statement-breakpoint
ALTER TABLE `imports` ADD `keeps_titles` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `imports` ADD `confirmed_set` text;
