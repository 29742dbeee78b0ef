/** German words of the pages behind links of mails about accounts: invitation, new password, new address (source language; Sie form). */
import { commonDe } from './common.de.ts';

export const accountDe = {
  ...commonDe,
  'account.email': 'E-Mail-Adresse',
  'account.name': 'Ihr Name',
  'account.password': 'Neues Passwort',
  'account.password_hint':
    'Mindestens 10 Zeichen, zum Beispiel mehrere Wörter hintereinander. Sonderzeichen sind nicht nötig.',
  'account.password_missing': 'Bitte wählen Sie ein Passwort mit mindestens 10 Zeichen.',
  'account.password_guessable': 'Dieses Passwort ist zu leicht zu erraten. Bitte wählen Sie ein anderes.',
  'account.name_missing': 'Bitte geben Sie Ihren Namen ein.',
  'account.email_missing': 'Bitte geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@firma.de.',
  'account.show_password': 'Passwort anzeigen',
  'account.hide_password': 'Passwort verbergen',
  'account.busy': 'Einen Moment …',
  'account.loading': 'Der Link wird geprüft …',
  'account.to_sign_in': 'Zur Anmeldung',

  'account.invite_title': 'Einladung annehmen',
  'account.invite_hint': 'Ihr Zugang zu {tenant}',
  'account.invite_submit': 'Zugang einrichten',

  'account.forgot_title': 'Passwort vergessen',
  'account.forgot_hint': 'Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort wählen.',
  'account.forgot_submit': 'Link anfordern',
  'account.forgot_done_title': 'Bitte sehen Sie in Ihr Postfach',
  'account.forgot_done':
    'Wenn es einen Zugang mit dieser E-Mail-Adresse gibt, ist jetzt eine Nachricht mit einem Link unterwegs. Er gilt 60 Minuten. Nichts angekommen? Sehen Sie bitte auch im Spam-Ordner nach.',

  'account.reset_title': 'Neues Passwort wählen',
  'account.reset_hint': 'Für {email} bei {tenant}',
  'account.reset_submit': 'Passwort speichern',
  'account.reset_done_title': 'Ihr Passwort ist geändert',
  'account.reset_done': 'Alle Anmeldungen wurden beendet. Bitte melden Sie sich mit dem neuen Passwort an.',

  'account.email_title': 'Neue E-Mail-Adresse bestätigen',
  'account.email_hint': 'Ab jetzt melden Sie sich bei {tenant} mit {email} an.',
  'account.email_submit': 'Adresse bestätigen',
  'account.email_done_title': 'Ihre neue E-Mail-Adresse gilt',
  'account.email_done': 'Bitte melden Sie sich künftig mit {email} an.',

  'account.gone_title': 'Dieser Link gilt nicht mehr',
  'account.gone_invite':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. Bitte fragen Sie die Person, die Sie eingeladen hat, nach einer neuen Einladung.',
  'account.gone_reset':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. Sie können jederzeit einen neuen anfordern.',
  'account.gone_email':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. In Ihrem Profil können Sie die Adresse noch einmal ändern.',
  'account.locked_seconds':
    'Zu viele Versuche. Bitte warten Sie {count, plural, one {# Sekunde} other {# Sekunden}} und versuchen Sie es dann erneut.',
  'account.locked_minutes':
    'Zu viele Versuche. Bitte warten Sie {count, plural, one {# Minute} other {# Minuten}} und versuchen Sie es dann erneut.',
};
