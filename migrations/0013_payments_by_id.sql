DROP INDEX `topups_payment`;
--> statement-breakpoint
CREATE INDEX `topups_by_payment` ON `topups` (`payment_id`) WHERE payment_id IS NOT NULL;
