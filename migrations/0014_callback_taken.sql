ALTER TABLE `callback_requests` ADD `assigned_to` text;
