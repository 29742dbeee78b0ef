UPDATE `api_keys` SET `scopes` = replace(`scopes`, '"update_', '"edit_') WHERE `scopes` LIKE '%"update\_%' ESCAPE '\';
