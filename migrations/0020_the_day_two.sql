CREATE TABLE `import_mappings` (
	`tenant_id` text NOT NULL,
	`headers_hash` text NOT NULL,
	`fields` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `headers_hash`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_rows` (
	`tenant_id` text NOT NULL,
	`import_id` text NOT NULL,
	`row` integer NOT NULL,
	`outcome` text NOT NULL,
	`by` text,
	`e164` text,
	`email` text,
	`name_key` text,
	`cells` text NOT NULL,
	`read` text,
	`problems` text NOT NULL,
	`matches` text NOT NULL,
	`same_as` integer,
	`choice` text,
	`result` text,
	`customer_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `import_id`, `row`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_rows_outcome` ON `import_rows` (`tenant_id`,`import_id`,`outcome`,`row`);
--> statement-breakpoint
CREATE INDEX `import_rows_e164` ON `import_rows` (`tenant_id`,`import_id`,`e164`);
--> statement-breakpoint
CREATE INDEX `import_rows_email` ON `import_rows` (`tenant_id`,`import_id`,`email`);
--> statement-breakpoint
CREATE INDEX `import_rows_name` ON `import_rows` (`tenant_id`,`import_id`,`name_key`);
--> statement-breakpoint
CREATE INDEX `import_rows_customer` ON `import_rows` (`tenant_id`,`customer_id`);
--> statement-breakpoint
CREATE INDEX `import_rows_created` ON `import_rows` (`tenant_id`,`created_at`);
--> statement-breakpoint
CREATE TABLE `imports` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`fault` text,
	`fault_row` integer,
	`file_name` text NOT NULL,
	`branch_id` text,
	`bytes` integer DEFAULT 0 NOT NULL,
	`encoding` text,
	`delimiter` text,
	`head` text,
	`fields` text,
	`by_number` text DEFAULT 'skip' NOT NULL,
	`by_name` text DEFAULT 'skip' NOT NULL,
	`counts` text,
	`parts` integer DEFAULT 0 NOT NULL,
	`check_job` text,
	`run_job` text,
	`file_key` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `imports_created` ON `imports` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `imports_kind` ON `imports` (`tenant_id`,`kind`,`created_at`,`id`);
--> statement-breakpoint
ALTER TABLE `integrations` ADD `sealed_old_webhook_secret` text;
--> statement-breakpoint
ALTER TABLE `integrations` ADD `old_webhook_secret_until` integer;
--> statement-breakpoint
CREATE INDEX `integrations_old_secret` ON `integrations` (`sealed_old_webhook_secret`) WHERE sealed_old_webhook_secret IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `calls_counted` ON `calls` (`tenant_id`,`started_at`,`id`,`deleted_at`,`status`,`sentiment`,`appointment_id`,`duration_ms`,`branch_id`) WHERE started_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `accounts_sealed` ON `accounts` (`password`);
