CREATE TABLE `customer_tags` (
	`tenant_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`tag_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `customer_id`, `tag_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_tags_tag` ON `customer_tags` (`tenant_id`,`tag_id`,`customer_id`);
--> statement-breakpoint
CREATE TABLE `tags` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "tags_version" CHECK("tags"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `tags_name` ON `tags` (`tenant_id`,`name`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `tags_deleted_name` ON `tags` (`tenant_id`,`name`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `tags_created` ON `tags` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `tags_deleted_created` ON `tags` (`tenant_id`,`created_at`,`id`) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `tags_removal` ON `tags` (`tenant_id`,`deleted_at`,`id`) WHERE deleted_at IS NOT NULL;
