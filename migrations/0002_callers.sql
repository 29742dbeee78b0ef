CREATE TABLE `action_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`purpose` text NOT NULL,
	`ref` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `action_links_tenant` ON `action_links` (`tenant_id`,`expires_at`);
--> statement-breakpoint
CREATE INDEX `action_links_expiry` ON `action_links` (`expires_at`);
--> statement-breakpoint
ALTER TABLE `customer_phones` ADD `confirmed_at` integer;
--> statement-breakpoint
-- Lines that a person of the house or an import gave, and lines that have called, are known to be their customer's.
UPDATE customer_phones SET confirmed_at = created_at WHERE EXISTS (
  SELECT 1 FROM customers c WHERE c.tenant_id = customer_phones.tenant_id AND c.id = customer_phones.customer_id
    AND c.source IN ('admin', 'api', 'import')
);
--> statement-breakpoint
UPDATE customer_phones SET confirmed_at = created_at WHERE confirmed_at IS NULL AND EXISTS (
  SELECT 1 FROM calls k WHERE k.tenant_id = customer_phones.tenant_id AND k.customer_id = customer_phones.customer_id
    AND k.direction = 'inbound' AND k.from_number = customer_phones.e164
);
