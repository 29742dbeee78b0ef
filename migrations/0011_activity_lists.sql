CREATE INDEX `audit_log_created` ON `audit_log` (`tenant_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `audit_log_subject_id` ON `audit_log` (`tenant_id`,`subject_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `audit_log_causer` ON `audit_log` (`tenant_id`,`causer_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `audit_log_event` ON `audit_log` (`tenant_id`,`description`,`created_at`,`id`);
--> statement-breakpoint
CREATE INDEX `webhook_logs_received` ON `webhook_logs` (`tenant_id`,`received_at`,`id`);
--> statement-breakpoint
CREATE INDEX `webhook_logs_source` ON `webhook_logs` (`tenant_id`,`source`,`received_at`,`id`);
--> statement-breakpoint
CREATE INDEX `webhook_logs_state` ON `webhook_logs` (`tenant_id`,`state`,`received_at`,`id`);
