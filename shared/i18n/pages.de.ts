/** German texts of the pages behind links in messages; always Sie. In ICU MessageFormat, compiled by dev/messages/compile.ts. */
export const pagesDe = {
  'undo.cancelled': 'Ihr Termin am {when} Uhr wurde abgesagt.',
  'undo.moved': 'Ihr Termin am {when} Uhr wurde verschoben. Er ist jetzt am {new_when} Uhr.',
  'undo.question':
    'Möchten Sie den Termin behalten? Dann stellen Sie ihn hier wieder her. War alles richtig so, brauchen Sie nichts zu tun.',
  'undo.restore': 'Termin wiederherstellen',
  'undo.move_back': 'Verschiebung rückgängig machen',
  'undo.service': 'Leistung',
  'undo.place': 'Ort',
  'undo.done': 'Erledigt',
  'undo.done_text': 'Ihr Termin steht wieder wie vorher. Sie brauchen nichts weiter zu tun.',
  'undo.taken': 'Diese Zeit ist inzwischen vergeben',
  'undo.taken_text':
    'Wir haben notiert, dass Sie Ihren Termin behalten möchten, und melden uns bei Ihnen, um eine neue Zeit zu finden.',
  'undo.changed': 'Das lässt sich nicht mehr rückgängig machen',
  'undo.changed_text':
    'Der Termin wurde inzwischen noch einmal geändert, oder seine Zeit ist vorbei. Bitte rufen Sie uns an.',
  'undo.later': 'Das hat gerade nicht geklappt',
  'undo.later_text': 'Es wurde nichts geändert. Bitte versuchen Sie es in einer Minute noch einmal.',
  'undo.unknown': 'Diese Seite gibt es nicht',
  'undo.unknown_text': 'Der Link ist unvollständig oder abgelaufen. Er gilt 24 Stunden lang.',
  'undo.callback_cancelled':
    'Möchte den telefonisch abgesagten Termin behalten (Link in der Nachricht); die Zeit ist inzwischen vergeben.',
  'undo.callback_moved':
    'Möchte den telefonisch verschobenen Termin zurückverlegen (Link in der Nachricht); die alte Zeit ist inzwischen vergeben.',
  'notice.suspended': 'Diese Seite ist zurzeit nicht erreichbar',
  'notice.suspended_text': 'Bitte wenden Sie sich unmittelbar an {name}.',
  'notice.sign_in': 'Für Mitarbeitende: anmelden',
  'notice.closed': 'Dieses Angebot wurde beendet',
  'notice.closed_text': '{name} ist unter dieser Adresse nicht mehr erreichbar.',
  'lost.path': 'Diese Seite gibt es nicht',
  'lost.path_text': 'Vielleicht ist die Adresse nicht vollständig, oder die Seite wurde verschoben.',
  'lost.home': 'Zur Startseite',
  'lost.host': 'Unter dieser Adresse gibt es nichts',
  'lost.host_text': 'Bitte prüfen Sie, ob die Adresse richtig geschrieben ist.',
};
