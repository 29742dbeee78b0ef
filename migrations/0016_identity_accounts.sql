CREATE TABLE `account_links` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`token_hash` text,
	`email` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_links_token_hash_unique` ON `account_links` (`token_hash`);
--> statement-breakpoint
CREATE INDEX `account_links_user` ON `account_links` (`tenant_id`,`user_id`,`purpose`);
--> statement-breakpoint
CREATE INDEX `account_links_expiry` ON `account_links` (`expires_at`);
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `ip_allow` text;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `warned_at` integer;
--> statement-breakpoint
CREATE INDEX `api_keys_ending` ON `api_keys` (`expires_at`) WHERE revoked_at IS NULL AND warned_at IS NULL;
--> statement-breakpoint
ALTER TABLE `users` ADD `last_sign_in_at` integer;
