DROP INDEX `ledger_entries_created`;
--> statement-breakpoint
DROP INDEX `ledger_entries_reference`;
--> statement-breakpoint
CREATE INDEX `ledger_entries_created` ON `ledger_entries` (`tenant_id`,`created_at`,`sequence`);
--> statement-breakpoint
CREATE INDEX `ledger_entries_reference` ON `ledger_entries` (`tenant_id`,`reference_id`,`sequence`);
