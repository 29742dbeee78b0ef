CREATE TABLE `appointment_notes` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`appointment_id` text NOT NULL,
	`visibility` text NOT NULL,
	`author_kind` text NOT NULL,
	`author_id` text NOT NULL,
	`text` text,
	`at` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `appointment_notes_appointment` ON `appointment_notes` (`tenant_id`,`appointment_id`,`at`);
