/** German texts of messages to customers and owners. In ICU MessageFormat, compiled by dev/messages/compile.ts. */
export const notificationsDe = {
  'appointment.confirmed.sms':
    'Ihr Termin bei {branch_name}: {when} Uhr, {service_name} bei {staff_name}. Für Ihren Kalender: {calendar_link}',
  'appointment.confirmed.subject': 'Ihr Termin am {date} um {time} Uhr',
  'appointment.confirmed.body':
    'Guten Tag {customer_name},\n\nIhr Termin ist bestätigt:\n\n{service_name}\n{when} Uhr\nbei {staff_name}\n{branch_name}{address, select, known {\n{branch_address}} other {}}\n\nIn Ihren Kalender übernehmen:\n{calendar_link}\n\nWir freuen uns auf Sie.\n{branch_name}',
  'appointment.rescheduled.sms':
    'Ihr Termin bei {branch_name} wurde verschoben: neu {when} Uhr, {service_name} bei {staff_name}. Für Ihren Kalender: {calendar_link}',
  'appointment.rescheduled.sms_undo':
    'Ihr Termin bei {branch_name} wurde verschoben: neu {when} Uhr, {service_name} bei {staff_name}. Das waren Sie nicht? Hier machen Sie es rückgängig: {undo_link}',
  'appointment.rescheduled.subject': 'Ihr Termin wurde verschoben: {date}, {time} Uhr',
  'appointment.rescheduled.body':
    'Guten Tag {customer_name},\n\nIhr Termin wurde verschoben. Er findet jetzt statt:\n\n{service_name}\n{when} Uhr\nbei {staff_name}\n{branch_name}{address, select, known {\n{branch_address}} other {}}\n\nIn Ihren Kalender übernehmen:\n{calendar_link}{undo, select, offered {\n\nDas waren Sie nicht? Innerhalb von 24 Stunden machen Sie es hier rückgängig:\n{undo_link}} other {}}\n\n{branch_name}',
  'appointment.cancelled.sms': 'Ihr Termin bei {branch_name} am {when} Uhr ({service_name}) wurde abgesagt.',
  'appointment.cancelled.sms_undo':
    'Ihr Termin bei {branch_name} am {when} Uhr ({service_name}) wurde abgesagt. Das waren Sie nicht? Hier machen Sie es rückgängig: {undo_link}',
  'appointment.cancelled.subject': 'Ihr Termin am {date} um {time} Uhr wurde abgesagt',
  'appointment.cancelled.body':
    'Guten Tag {customer_name},\n\nIhr Termin wurde abgesagt:\n\n{service_name}\n{when} Uhr\n{branch_name}{undo, select, offered {\n\nDas waren Sie nicht? Innerhalb von 24 Stunden machen Sie es hier rückgängig:\n{undo_link}} other {}}\n\nMöchten Sie einen neuen Termin? Rufen Sie uns gerne an.\n\n{branch_name}',
  'caller.code.sms':
    'Ihr Code für {tenant_name}: {code}. Er gilt 5 Minuten. Rufen Sie gerade nicht an? Dann geben Sie ihn niemandem.',
  'balance.low.subject': 'Ihr Guthaben wird knapp: noch {balance}',
  'balance.low.body':
    'Guten Tag,\n\ndas Guthaben von {tenant_name} beträgt noch {balance}. Damit Ihre Anrufe weiter angenommen werden, laden Sie es bitte bald auf:\n{portal_link}',
  'balance.topup_succeeded.subject': 'Aufladung gutgeschrieben: {amount}',
  'balance.topup_succeeded.body':
    'Guten Tag,\n\nIhre Aufladung über {amount} ist gutgeschrieben{bonus, select, given {, dazu {bonus_amount} Bonus} other {}}. Neues Guthaben: {balance}.\n\nAlle Buchungen sehen Sie hier:\n{portal_link}',
  'balance.topup_failed.subject': 'Ihre Aufladung ist nicht zustande gekommen',
  'balance.topup_failed.body':
    'Guten Tag,\n\nIhre Aufladung über {amount} konnte nicht eingezogen werden. Es wurde nichts gutgeschrieben. Bitte versuchen Sie es erneut:\n{portal_link}',
  'account.invited.subject': 'Ihr Zugang zu {tenant_name}',
  'account.invited.body':
    'Guten Tag {user_name},\n\nfür Sie wurde ein Zugang zu {tenant_name} angelegt. Wählen Sie hier Ihr Passwort:\n{account_link}\n\nDer Link gilt bis {until} Uhr und funktioniert einmal. Wenn Sie diese Einladung nicht erwarten, brauchen Sie nichts zu tun.\n\n{product_name}',
  'account.reset.subject': 'Neues Passwort für {tenant_name}',
  'account.reset.body':
    'Guten Tag {user_name},\n\nfür Ihren Zugang zu {tenant_name} wurde ein neues Passwort angefordert. Wählen Sie es hier:\n{account_link}\n\nDer Link gilt 60 Minuten und funktioniert einmal. Haben Sie das nicht angefordert? Dann brauchen Sie nichts zu tun; Ihr Passwort bleibt, wie es ist.\n\n{product_name}',
  'account.email_change.subject': 'Neue E-Mail-Adresse für {tenant_name} bestätigen',
  'account.email_change.body':
    'Guten Tag {user_name},\n\nmit dieser Adresse möchten Sie sich künftig bei {tenant_name} anmelden. Bestätigen Sie sie hier:\n{account_link}\n\nDer Link gilt 60 Minuten und funktioniert einmal. Haben Sie das nicht veranlasst? Dann brauchen Sie nichts zu tun.\n\n{product_name}',
  'account.email_asked.subject': 'Ihre E-Mail-Adresse bei {tenant_name} soll geändert werden',
  'account.email_asked.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde für Ihren Zugang zu {tenant_name} eine neue E-Mail-Adresse angegeben. Sie gilt, sobald sie über den Link an die neue Adresse bestätigt ist.\n\nWaren Sie das nicht? Dann ändern Sie bitte sofort Ihr Passwort:\n{forgot_link}\n\n{product_name}',
  'account.password_changed.subject': 'Ihr Passwort für {tenant_name} wurde geändert',
  'account.password_changed.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde das Passwort Ihres Zugangs zu {tenant_name} geändert.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues:\n{forgot_link}\n\n{product_name}',
  'account.signed_in.subject': '{tenant_name}: Anmeldung auf einem neuen Gerät',
  'account.signed_in.body':
    'Guten Tag {user_name},\n\nam {when} Uhr hat sich jemand mit Ihrem Zugang zu {tenant_name} auf einem Gerät angemeldet, das wir noch nicht kennen.\n\nWaren Sie das, brauchen Sie nichts zu tun. Waren Sie es nicht, wählen Sie bitte sofort ein neues Passwort; damit enden alle Anmeldungen:\n{forgot_link}\n\n{product_name}',
  'api_key.expiring.subject': 'Der API-Schlüssel „{key_name}“ läuft ab',
  'api_key.expiring.body':
    'Guten Tag {user_name},\n\nder API-Schlüssel „{key_name}“ ({key_prefix}…) von {tenant_name} läuft am {when} Uhr ab. Was ihn benutzt, hat danach keinen Zugang mehr. Tauschen Sie ihn hier gegen einen neuen:\n{keys_link}\n\n{product_name}',
};
