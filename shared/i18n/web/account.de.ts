/** German words of the pages behind links of mails about accounts: invitation, new password, new address (source language; Sie form). */
import { commonDe } from './common.de.ts';
import { entryDe } from './entry.de.ts';
import { newPasswordDe } from './new-password.de.ts';

export const accountDe = {
  ...commonDe,
  ...entryDe,
  ...newPasswordDe,
  'account.name': 'Ihr Name',
  'account.password': 'Neues Passwort',
  'account.name_missing': 'Bitte geben Sie Ihren Namen ein.',
  'account.busy': 'Einen Moment …',
  'account.loading': 'Der Link wird geprüft …',
  'account.to_sign_in': 'Zur Anmeldung',

  'account.support_title': 'Support-Sitzung',
  'account.support_loading': 'Die Sitzung wird geöffnet …',
  'account.support_gone':
    'Dieser Link gilt nur einmal und eine Minute lang, oder die Erlaubnis wurde zurückgenommen. Beginnen Sie die Sitzung auf der Seite des Kontos noch einmal.',

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

  'account.link_title': 'Anmelden per E-Mail',
  'account.link_ask_hint': 'Wir senden Ihnen einen Link, mit dem Sie sich ohne Passwort anmelden.',
  'account.link_ask_submit': 'Link schicken',
  'account.link_done':
    'Wenn es einen Zugang mit dieser E-Mail-Adresse gibt, ist jetzt eine Nachricht mit einem Link unterwegs. Er gilt 15 Minuten. Nichts angekommen? Sehen Sie bitte auch im Spam-Ordner nach.',
  'account.link_hint': 'Als {email} bei {tenant}',
  'account.link_submit': 'Jetzt anmelden',
  'account.gone_link':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. Sie können jederzeit einen neuen anfordern.',

  'account.factor_reset_title': 'Zweiten Faktor zurücksetzen',
  'account.factor_reset_hint':
    'Für {email} bei {tenant}. 24 Stunden nach Ihrer Bestätigung entfernen wir zweiten Faktor und Passkeys und beenden alle Anmeldungen. Bis dahin lässt es sich anhalten.',
  'account.factor_reset_submit': 'Bestätigen',
  'account.factor_reset_done_title': 'Bestätigt',
  'account.factor_reset_done':
    'In 24 Stunden können Sie sich mit Ihrem Passwort allein anmelden. Wir haben Ihnen eine Nachricht mit einem Link gesendet, mit dem Sie es anhalten können.',
  'account.factor_stop_title': 'Zurücksetzen anhalten',
  'account.factor_stop_hint': 'Der zweite Faktor von {email} bei {tenant} bleibt dann, wie er ist.',
  'account.factor_stop_submit': 'Anhalten',
  'account.factor_stop_done_title': 'Angehalten',
  'account.factor_stop_done':
    'Ihr zweiter Faktor bleibt. Haben Sie das Zurücksetzen nicht selbst bestätigt? Dann kennt jemand Ihr Passwort: Bitte wählen Sie sofort ein neues.',
  'account.password_present': 'Ihr Passwort',
  'account.password_present_hint': 'Das Passwort, mit dem Sie sich anmelden.',
  'account.password_present_missing': 'Bitte geben Sie Ihr Passwort ein.',
  'account.gone_factor_reset':
    'Er wurde schon benutzt, ist abgelaufen oder wurde zurückgezogen. Bitte wenden Sie sich an den Betreiber.',
  'account.gone_factor_stop':
    'Es ist nichts mehr anzuhalten: Es wurde schon angehalten, zurückgezogen oder ist erledigt.',
  'account.gone_title': 'Dieser Link gilt nicht mehr',
  'account.gone_invite':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. Bitte fragen Sie die Person, die Sie eingeladen hat, nach einer neuen Einladung.',
  'account.gone_reset':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. Sie können jederzeit einen neuen anfordern.',
  'account.gone_email':
    'Er wurde schon benutzt, ist abgelaufen oder es gibt einen neueren. In Ihrem Profil können Sie die Adresse noch einmal ändern.',
};
