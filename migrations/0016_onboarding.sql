CREATE TABLE `onboarding_skips` (
	`tenant_id` text NOT NULL,
	`step` text NOT NULL,
	`skipped_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `step`)
) STRICT;
