ALTER TABLE `audit_log` ADD `changes` text;
