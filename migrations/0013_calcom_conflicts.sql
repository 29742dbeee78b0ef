DROP INDEX `external_conflicts_status`;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `kind` text DEFAULT 'booking' NOT NULL;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `reason` text DEFAULT 'person_taken' NOT NULL;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `event_type_id` text;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `host_id` text;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `resolution` text;
--> statement-breakpoint
ALTER TABLE `external_conflicts` ADD `resolved_at` integer;
--> statement-breakpoint
CREATE INDEX `external_conflicts_created_at` ON `external_conflicts` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `external_conflicts_by_status` ON `external_conflicts` (`tenant_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `external_conflicts_by_kind` ON `external_conflicts` (`tenant_id`,`kind`,`created_at`,`id`);
--> statement-breakpoint
ALTER TABLE `calcom_event_maps` ADD `replacing_uid` text;

--> statement-breakpoint
-- By hand: conflicts of the first version about an appointment of ours were moves.
UPDATE `external_conflicts` SET `kind` = 'move' WHERE `appointment_id` IS NOT NULL;
