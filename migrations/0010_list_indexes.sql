DROP INDEX `appointments_customer`;
--> statement-breakpoint
DROP INDEX `appointments_staff`;
--> statement-breakpoint
DROP INDEX `appointments_branch`;
--> statement-breakpoint
CREATE INDEX `appointments_service` ON `appointments` (`tenant_id`,`service_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `appointments_customer` ON `appointments` (`tenant_id`,`customer_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `appointments_staff` ON `appointments` (`tenant_id`,`staff_id`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `appointments_branch` ON `appointments` (`tenant_id`,`branch_id`,`starts_at`,`id`);
--> statement-breakpoint
DROP INDEX `calls_customer`;
--> statement-breakpoint
CREATE INDEX `calls_sentiment` ON `calls` (`tenant_id`,`sentiment`,`started_at`,`id`);
--> statement-breakpoint
CREATE INDEX `calls_customer` ON `calls` (`tenant_id`,`customer_id`,`started_at`,`id`);
--> statement-breakpoint
DROP INDEX `notifications_created`;
--> statement-breakpoint
CREATE INDEX `notifications_status` ON `notifications` (`tenant_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `notifications_created` ON `notifications` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `ledger_entries_company` ON `ledger_entries` (`tenant_id`,`company_id`,`sequence`);
--> statement-breakpoint
CREATE INDEX `dead_letters_at` ON `dead_letters` (`tenant_id`,`at`);
