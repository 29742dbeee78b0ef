ALTER TABLE `sessions` ADD `ends_at` integer;
--> statement-breakpoint
ALTER TABLE `sessions` ADD `confirmed_at` integer;
