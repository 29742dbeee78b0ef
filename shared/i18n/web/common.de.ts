/** German words that both web apps share (source language; Sie form). Spread into the catalogues of admin and portal. */
import { basicDe } from './basic.de.ts';

export const commonDe = {
  ...basicDe,
  skip_to_content: 'Zum Inhalt springen',

  'live.live': 'Live',
  'live.connecting': 'Verbinde …',
  'live.disconnected': 'Getrennt – neuer Versuch läuft',
  'live.polling': 'Stand {time}',
  'live.signed_out': 'Abgemeldet',
  'live.seen': 'Zuletzt verbunden um {time} Uhr',

  'date.example': 'TT.MM.JJJJ',
  'date.pick': 'Tag auswählen',
  'date.previous_month': 'Vorheriger Monat',
  'date.next_month': 'Nächster Monat',
  'date.today': 'Heute',
  'date.problem': 'Das ist kein Tag, zum Beispiel 24.11.2026.',

  'offline.bar': 'Keine Verbindung – Stand {time}',

  'account.past_due': 'Das Konto ist überfällig und wird bald gesperrt.',
  'account.suspended': 'Das Konto ist gesperrt: keine Buchungen, keine Nachrichten.',
  'account.reason.trial_ended': 'Der Testzeitraum ist ohne Tarif zu Ende gegangen.',
  'account.reason.past_due': 'Die Frist ist abgelaufen.',
  'account.pay': 'Guthaben aufladen',

  sign_out: 'Abmelden',
  user_menu: 'Benutzermenü',
  'action.close': 'Schließen',
  'action.back': 'Zurück',
  'action.more': 'Mehr laden',
  'action.undo': 'Rückgängig',
  'action.copy_id': 'ID kopieren',
  'action.copied': 'Kopiert',
  'action.reset_filters': 'Filter zurücksetzen',

  'error.title': 'Das hat nicht geklappt',
  'error.final_title': 'Das geht hier nicht',
  'error.CONFIRMATION_REQUIRED': 'Bitte geben Sie Ihr Passwort noch einmal ein.',
  'error.PERMISSION_DENIED':
    'Dafür fehlt Ihnen das Recht. Bitte wenden Sie sich an die Inhaberin oder den Inhaber Ihres Kontos.',
  'error.VERSION_CONFLICT':
    'Jemand hat den Termin inzwischen geändert. Der aktuelle Stand wird angezeigt – bitte versuchen Sie es noch einmal.',
  'error.APPOINTMENT_CONFLICT': 'Diese Zeit ist nicht mehr frei.',
  'error.ILLEGAL_TRANSITION': 'Dieser Schritt ist im jetzigen Zustand des Termins nicht möglich.',
  'error.POLICY_VIOLATION': 'Die Regeln Ihres Betriebs erlauben das nicht.',
  'error.INSUFFICIENT_BALANCE': 'Das Guthaben reicht dafür nicht. Bitte laden Sie es auf.',

  'page.not_found': 'Diese Seite gibt es nicht',
  'page.not_found_hint': 'Vielleicht wurde sie verschoben. Von der Startseite aus finden Sie alles wieder.',
  'page.home': 'Zur Startseite',
  'page.broken': 'Diese Seite konnte nicht angezeigt werden',
  'page.broken_hint': 'Bitte laden Sie die Seite neu. Ihre Daten sind sicher gespeichert.',
  'page.reload': 'Neu laden',
};
