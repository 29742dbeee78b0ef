ALTER TABLE `schedule_items` ADD `from_date` text GENERATED ALWAYS AS (coalesce(json_extract(body, '$.fromDate'), '')) VIRTUAL;
--> statement-breakpoint
CREATE INDEX `schedule_items_from_date` ON `schedule_items` (`tenant_id`,`kind`,`from_date`,`id`) WHERE removed_at IS NULL;
--> statement-breakpoint
CREATE INDEX `schedule_items_removed_from_date` ON `schedule_items` (`tenant_id`,`kind`,`from_date`,`id`) WHERE removed_at IS NOT NULL;
