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
  'appointment.reminder.sms':
    'Erinnerung: Ihr Termin bei {branch_name} ist am {when} Uhr, {service_name} bei {staff_name}. Keine Erinnerungen mehr: {stop_link}',
  'appointment.reminder.subject': 'Erinnerung: Ihr Termin am {date} um {time} Uhr',
  'appointment.reminder.body':
    'Guten Tag {customer_name},\n\nwir erinnern Sie an Ihren Termin:\n\n{service_name}\n{when} Uhr\nbei {staff_name}\n{branch_name}{address, select, known {\n{branch_address}} other {}}\n\nIn Ihren Kalender übernehmen:\n{calendar_link}\n\nBis bald.\n{branch_name}\n\nKeine Erinnerungen mehr:\n{stop_link}',
  'customer.message.sms': '{text}{stop, select, offered {\nAbmelden: {stop_link}} other {}}',
  'customer.message.body':
    '{text}{stop, select, offered {\n\nSolche Nachrichten nicht mehr erhalten:\n{stop_link}} other {}}',
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
  'account.magic_link.subject': 'Ihr Link zur Anmeldung bei {tenant_name}',
  'account.magic_link.body':
    'Guten Tag {user_name},\n\nmit diesem Link melden Sie sich bei {tenant_name} an:\n{account_link}\n\nEr gilt 15 Minuten und funktioniert einmal. Haben Sie ihn nicht angefordert? Dann brauchen Sie nichts zu tun; ohne den Link kommt niemand hinein. Geben Sie ihn nicht weiter.\n\n{product_name}',
  'account.factor_reset.subject': 'Ihr Zugang zu {tenant_name}: zweiten Faktor zurücksetzen',
  'account.factor_reset.body':
    'Guten Tag {user_name},\n\nder Betreiber hat für Ihren Zugang zu {tenant_name} das Zurücksetzen des zweiten Faktors eingeleitet, weil Telefon und Wiederherstellungscodes verloren sind. Bestätigen Sie das hier mit Ihrem Passwort:\n{account_link}\n\nDer Link gilt bis {until} Uhr. Nach der Bestätigung vergehen noch 24 Stunden, dann werden zweiter Faktor und Passkeys entfernt und alle Anmeldungen beendet.\n\nHaben Sie nicht darum gebeten? Dann bestätigen Sie nichts und geben Sie den Link nicht weiter; ohne ihn geschieht nichts.\n\n{product_name}',
  'account.factor_stop.subject': '{tenant_name}: Ihr zweiter Faktor wird in 24 Stunden entfernt',
  'account.factor_stop.body':
    'Guten Tag {user_name},\n\ndas Zurücksetzen des zweiten Faktors für Ihren Zugang zu {tenant_name} wurde mit Ihrem Passwort bestätigt. Ab {until} Uhr werden zweiter Faktor und Passkeys entfernt und alle Anmeldungen beendet.\n\nWaren Sie das nicht? Dann halten Sie es hier an und wählen Sie sofort ein neues Passwort:\n{account_link}\n\n{product_name}',
  'account.factor_reset_done.subject': 'Zweiter Faktor für {tenant_name} zurückgesetzt',
  'account.factor_reset_done.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurden der zweite Faktor und die Passkeys Ihres Zugangs zu {tenant_name} wie bestätigt entfernt. Alle Anmeldungen wurden beendet. Melden Sie sich mit Ihrem Passwort an und richten Sie den zweiten Faktor in Ihrem Profil neu ein.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.second_factor_on.subject': 'Zweiter Faktor für {tenant_name} eingeschaltet',
  'account.second_factor_on.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde für Ihren Zugang zu {tenant_name} der zweite Faktor eingeschaltet. Bei jeder Anmeldung wird jetzt zusätzlich ein Code Ihrer Authenticator-App verlangt. Bewahren Sie die Wiederherstellungscodes gut auf.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues Passwort und sprechen Sie mit der Person, die Ihren Zugang verwaltet:\n{forgot_link}\n\n{product_name}',
  'account.second_factor_off.subject': 'Zweiter Faktor für {tenant_name} ausgeschaltet',
  'account.second_factor_off.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde für Ihren Zugang zu {tenant_name} der zweite Faktor ausgeschaltet. Für die Anmeldung genügt jetzt das Passwort.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.second_factor_taken.subject': 'Zweiter Faktor für {tenant_name} entfernt',
  'account.second_factor_taken.body':
    'Guten Tag {user_name},\n\nam {when} Uhr hat die Leitung von {tenant_name} den zweiten Faktor und die Passkeys Ihres Zugangs entfernt, damit Sie sich wieder anmelden können. Alle Anmeldungen wurden beendet. Für die Anmeldung genügt jetzt das Passwort; bitte richten Sie den zweiten Faktor in Ihrem Profil neu ein.\n\nHaben Sie nicht darum gebeten? Dann fragen Sie bitte dort nach und wählen Sie ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.recovery_codes_renewed.subject': 'Neue Wiederherstellungscodes für {tenant_name}',
  'account.recovery_codes_renewed.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurden für Ihren Zugang zu {tenant_name} neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.recovery_code_used.subject': 'Anmeldung bei {tenant_name} mit einem Wiederherstellungscode',
  'account.recovery_code_used.body':
    'Guten Tag {user_name},\n\nam {when} Uhr hat sich jemand mit einem Wiederherstellungscode bei {tenant_name} angemeldet. Dieser Code gilt nicht mehr. Wie viele noch übrig sind, sehen Sie in Ihrem Profil; dort können Sie auch neue erstellen.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.code_reused.subject': 'Benutzter Code bei der Anmeldung zu {tenant_name}',
  'account.code_reused.body':
    'Guten Tag {user_name},\n\nam {when} Uhr hat jemand Ihr Passwort und einen Code Ihrer Authenticator-App eingegeben, der schon benutzt war. Die Anmeldung bei {tenant_name} wurde abgelehnt.\n\nWaren Sie das, brauchen Sie nichts zu tun. Waren Sie es nicht, hat jemand Passwort und Code gesehen: Wählen Sie bitte sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.passkey_added.subject': 'Neuer Passkey für {tenant_name}',
  'account.passkey_added.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde für Ihren Zugang zu {tenant_name} ein Passkey angelegt. Damit ist die Anmeldung ohne Passwort möglich.\n\nWaren Sie das nicht? Dann löschen Sie den Passkey bitte in Ihrem Profil und wählen Sie sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.passkey_removed.subject': 'Passkey für {tenant_name} gelöscht',
  'account.passkey_removed.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde ein Passkey Ihres Zugangs zu {tenant_name} gelöscht. Mit ihm ist keine Anmeldung mehr möglich.\n\nWaren Sie das nicht? Dann wählen Sie bitte sofort ein neues Passwort:\n{forgot_link}\n\n{product_name}',
  'account.signed_in.subject': '{tenant_name}: Anmeldung auf einem neuen Gerät',
  'account.signed_in.body':
    'Guten Tag {user_name},\n\nam {when} Uhr hat sich jemand mit Ihrem Zugang zu {tenant_name} auf einem Gerät angemeldet, das wir noch nicht kennen.\n\nWaren Sie das, brauchen Sie nichts zu tun. Waren Sie es nicht, wählen Sie bitte sofort ein neues Passwort; damit enden alle Anmeldungen:\n{forgot_link}\n\n{product_name}',
  'account.support_began.subject': '{tenant_name}: der Support sieht sich Ihr Konto an',
  'account.support_began.body':
    'Guten Tag {user_name},\n\n{operator_name} sieht sich seit {when} Uhr Ihr Konto {tenant_name} mit der Ansicht von {person_name} an, längstens bis {until} Uhr. Sie hatten dem Support den Zugriff erlaubt.\n\nGrund: {reason}\n\nWas dabei geändert wird, steht mit beiden Namen in Ihrem Protokoll. Passwörter, Benutzer, Schlüssel und Zahlungen kann der Support dabei nicht ändern. Sie können die Erlaubnis jederzeit zurücknehmen; die Sitzung endet dann sofort:\n{security_link}\n\n{product_name}',
  'account.exists.subject': 'Sie haben bereits einen Zugang zu {tenant_name}',
  'account.exists.body':
    'Guten Tag {user_name},\n\nam {when} Uhr wurde mit Ihrer E-Mail-Adresse ein neues Konto beantragt. Sie haben bereits einen Zugang zu {tenant_name}; angelegt wurde deshalb nichts. Hier melden Sie sich an:\n{sign_in_link}\n\nPasswort vergessen?\n{forgot_link}\n\nHaben Sie das nicht beantragt? Dann brauchen Sie nichts zu tun.\n\n{product_name}',
  'signup.link.subject': '{product_name}: E-Mail-Adresse bestätigen',
  'signup.link.body':
    'Guten Tag,\n\nmit dieser E-Mail-Adresse wurde bei {product_name} ein Konto beantragt. Bestätigen Sie sie hier und wählen Sie Ihr Passwort:\n{signup_link}\n\nDer Link gilt 60 Minuten und funktioniert einmal. Haben Sie das nicht beantragt? Dann brauchen Sie nichts zu tun: Ohne Ihre Bestätigung entsteht kein Konto.\n\n{product_name}',
  'tenant.status.active.subject': '{tenant_name}: Ihr Konto ist aktiv',
  'tenant.status.active.body':
    'Guten Tag,\n\ndas Konto von {tenant_name} ist aktiv.\n\nZu Ihrem Konto:\n{account_link}\n\n{product_name}',
  'tenant.status.trial.subject': '{tenant_name}: Ihr Testzeitraum läuft',
  'tenant.status.trial.body':
    'Guten Tag,\n\nder Testzeitraum von {tenant_name} läuft.\n\nZu Ihrem Konto:\n{account_link}\n\n{product_name}',
  'tenant.status.past_due.subject': '{tenant_name}: Ihr Konto ist überfällig',
  'tenant.status.past_due.body':
    'Guten Tag,\n\ndas Konto von {tenant_name} ist überfällig. Es läuft noch alles; wird nicht innerhalb von 7 Tagen bezahlt, wird das Konto gesperrt.{why, select, trial_ended {\n\nDer Testzeitraum ist ohne Tarif zu Ende gegangen.} past_due {\n\nDie Frist zum Bezahlen ist abgelaufen.} said {\n\nGrund: {reason}} other {}}\n\nZu Ihrem Konto:\n{account_link}\n\n{product_name}',
  'tenant.status.suspended.subject': '{tenant_name}: Ihr Konto ist gesperrt',
  'tenant.status.suspended.body':
    'Guten Tag,\n\ndas Konto von {tenant_name} ist gesperrt. {kind, select, reseller {Sie können sich anmelden und bezahlen, aber keine Kunden anlegen oder ändern. Ihre Kunden arbeiten weiter.} other {Anrufer hören nur noch eine Ansage, Termine können nicht gebucht werden. Sie können sich weiterhin anmelden und bezahlen.}}{why, select, trial_ended {\n\nDer Testzeitraum ist ohne Tarif zu Ende gegangen.} past_due {\n\nDie Frist zum Bezahlen ist abgelaufen.} said {\n\nGrund: {reason}} other {}}\n\nZu Ihrem Konto:\n{account_link}\n\n{product_name}',
  'tenant.status.closed.subject': '{tenant_name}: Ihr Konto ist geschlossen',
  'tenant.status.closed.body':
    'Guten Tag,\n\ndas Konto von {tenant_name} ist geschlossen. Niemand kann sich dort mehr anmelden.{why, select, trial_ended {\n\nDer Testzeitraum ist ohne Tarif zu Ende gegangen.} past_due {\n\nDie Frist zum Bezahlen ist abgelaufen.} said {\n\nGrund: {reason}} other {}}\n\n{product_name}',
  'tenant.trial_ends.subject': '{tenant_name}: Ihr Testzeitraum endet {days, plural, one {morgen} other {in # Tagen}}',
  'tenant.trial_ends.body':
    'Guten Tag,\n\nder Testzeitraum von {tenant_name} endet am {when} Uhr.\n\n{plan, select, chosen {Danach läuft Ihr Konto mit dem gewählten Tarif weiter; Sie brauchen nichts zu tun.} other {Noch ist kein Tarif gewählt. Ohne Tarif gilt das Konto danach als überfällig und wird 7 Tage später gesperrt. Bitte wenden Sie sich wegen eines Tarifs an Ihren Ansprechpartner{support, select, known {: {support_contact}} other {}}.}}\n\n{product_name}',
  'absence.asked.subject':
    'Antrag von {person_name}: {kind, select, vacation {Urlaub} sick {Krankheit} other {Abwesenheit}}, {from}{span, select, one {} other { bis {until}}}',
  'absence.asked.body':
    'Guten Tag {user_name},\n\n{person_name} beantragt {kind, select, vacation {Urlaub} sick {eine Krankmeldung} other {eine Abwesenheit}}: {from}{span, select, one {} other { bis {until}}}.\n\nGenehmigen oder ablehnen können Sie den Antrag hier:\n{request_link}\n\n{product_name}',
  'absence.granted.subject': 'Ihr Antrag ist genehmigt: {from}{span, select, one {} other { bis {until}}}',
  'absence.granted.body':
    'Guten Tag {user_name},\n\nIhr Antrag ({kind, select, vacation {Urlaub} sick {Krankheit} other {Abwesenheit}}, {from}{span, select, one {} other { bis {until}}}) ist genehmigt und steht im Kalender.{has_reason, select, no {} other {\n\nDazu heißt es: {reason}}}\n\n{request_link}\n\n{product_name}',
  'absence.refused.subject': 'Ihr Antrag ist abgelehnt: {from}{span, select, one {} other { bis {until}}}',
  'absence.refused.body':
    'Guten Tag {user_name},\n\nIhr Antrag ({kind, select, vacation {Urlaub} sick {Krankheit} other {Abwesenheit}}, {from}{span, select, one {} other { bis {until}}}) ist abgelehnt.{has_reason, select, no {} other {\n\nGrund: {reason}}}\n\n{request_link}\n\n{product_name}',
  'callback.overdue.subject': '{tenant_name}: Ein Rückruf ist überfällig',
  'callback.overdue.body':
    'Guten Tag {user_name},\n\nein Rückruf war bis {due} Uhr zugesagt und ist noch offen. {has_taker, select, no {Niemand hat ihn übernommen.} other {Übernommen hat ihn {taker_name}.}}\n\nZum Rückruf:\n{callback_link}\n\n{product_name}',
  'api_key.expiring.subject': 'Der API-Schlüssel „{key_name}“ läuft ab',
  'api_key.expiring.body':
    'Guten Tag {user_name},\n\nder API-Schlüssel „{key_name}“ ({key_prefix}…) von {tenant_name} läuft am {when} Uhr ab. Was ihn benutzt, hat danach keinen Zugang mehr. Tauschen Sie ihn hier gegen einen neuen:\n{keys_link}\n\n{product_name}',
  'alarm.line':
    '{kind, select, sink_stopped {Ausgang steht} object_behind {Stand veraltet, nimmt nichts an} ledger_differs {Buchungen stimmen nicht} transfers_differ {Übertrag nicht angekommen} effect_parked {Arbeit liegengeblieben} payment_unmatched {Zahlung ohne Zuordnung} payment_disputed {Zahlung angefochten} dispute_status_unknown {Anfechtung in unbekanntem Zustand} refund_failed {Erstattung fehlgeschlagen} refund_status_unknown {Erstattung in unbekanntem Zustand} job_gave_up {Auftrag aufgegeben} cron_gave_up {Zeitplan gescheitert} health {Störung} sms_limit_reached {SMS-Grenze erreicht} message_unread {Nachricht unlesbar} clock_set_back {Uhr ging vor} number_pool_empty {Keine Nummer mehr frei} agent_not_live {Assistent nicht eingerichtet} agent_drifted {Assistent bei Retell geändert} agent_found_twice {Assistent doppelt vorhanden} agent_not_removed {Assistent nicht gelöscht} payment_forged {Zahlung aus fremdem Stripe-Konto abgewiesen} recording_unwanted {Aufnahme, obwohl ausgeschaltet} recording_lost {Aufnahme verloren} source_refused {Retell ruft von einer neuen Adresse an} defect {Unerwarteter Fehler} other {{kind}}}: {about} ({when})',
  'operations.alarms.subject':
    '{opened, plural, =0 {Alarme beendet} one {Ein neuer Alarm} other {# neue Alarme}}: {product_name}',
  'operations.alarms.greeting': 'Guten Tag {user_name},',
  'operations.alarms.opened': 'neu gemeldet:',
  'operations.alarms.ended': 'wieder in Ordnung:',
  'operations.alarms.more': 'Alle Alarme und was Sie tun können:\n{operations_link}\n\n{product_name}',
};
