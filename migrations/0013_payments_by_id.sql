DROP INDEX `topups_payment`;
--> statement-breakpoint
CREATE INDEX `topups_by_payment` ON `topups` (`payment_id`) WHERE payment_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `ledger_entries` ADD `attests` text;
