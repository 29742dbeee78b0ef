ALTER TABLE `tenants` ADD `subscription` text;
