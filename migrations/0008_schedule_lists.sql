CREATE INDEX `schedule_items_id` ON `schedule_items` (`tenant_id`,`kind`,`id`) WHERE removed_at IS NULL;
--> statement-breakpoint
CREATE INDEX `schedule_items_name` ON `schedule_items` (`tenant_id`,`kind`,`name`,`id`) WHERE removed_at IS NULL;
--> statement-breakpoint
CREATE INDEX `schedule_items_updated_at` ON `schedule_items` (`tenant_id`,`kind`,`updated_at`,`id`) WHERE removed_at IS NULL;
--> statement-breakpoint
CREATE INDEX `schedule_items_removed_id` ON `schedule_items` (`tenant_id`,`kind`,`id`) WHERE removed_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `schedule_items_removed_name` ON `schedule_items` (`tenant_id`,`kind`,`name`,`id`) WHERE removed_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `schedule_items_removed_updated_at` ON `schedule_items` (`tenant_id`,`kind`,`updated_at`,`id`) WHERE removed_at IS NOT NULL;
