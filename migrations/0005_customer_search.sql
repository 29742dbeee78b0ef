CREATE TABLE `customer_words` (
	`tenant_id` text NOT NULL,
	`word` text NOT NULL,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `word`, `customer_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `customer_words_customer` ON `customer_words` (`tenant_id`,`customer_id`);
--> statement-breakpoint
DROP INDEX `customers_list`;
--> statement-breakpoint
ALTER TABLE `customers` ADD `activity_order` integer GENERATED ALWAYS AS (coalesce(last_activity_at, 0)) VIRTUAL;
--> statement-breakpoint
ALTER TABLE `customers` ADD `name_key` text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE `customers` ADD `archived_at` integer;
--> statement-breakpoint
CREATE INDEX `customers_created` ON `customers` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_deleted_created` ON `customers` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `customers_journey_created` ON `customers` (`tenant_id`,`journey_status`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_vip_created` ON `customers` (`tenant_id`,`created_at`,`id`) WHERE vip = 1 AND deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_name` ON `customers` (`tenant_id`,`name_key`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_deleted_name` ON `customers` (`tenant_id`,`name_key`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `customers_journey_name` ON `customers` (`tenant_id`,`journey_status`,`name_key`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_vip_name` ON `customers` (`tenant_id`,`name_key`,`id`) WHERE vip = 1 AND deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_activity` ON `customers` (`tenant_id`,`activity_order`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_deleted_activity` ON `customers` (`tenant_id`,`activity_order`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `customers_journey_activity` ON `customers` (`tenant_id`,`journey_status`,`activity_order`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_vip_activity` ON `customers` (`tenant_id`,`activity_order`,`id`) WHERE vip = 1 AND deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_removal` ON `customers` (`tenant_id`,`deleted_at`,`id`) WHERE deleted_at IS NOT NULL AND archived_at IS NULL;
--> statement-breakpoint
CREATE INDEX `customers_unindexed` ON `customers` (`tenant_id`,`id`) WHERE name_key = '';
--> statement-breakpoint
CREATE INDEX `ledger_entries_customer` ON `ledger_entries` (`tenant_id`,`customer_id`) WHERE customer_id IS NOT NULL;
