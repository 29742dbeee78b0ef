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
};
