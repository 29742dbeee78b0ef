/** German words of the page behind the one-time link that makes the first operator. With the sign-in's, which its form shares. */
import { loginDe } from './login.de.ts';
import { newPasswordDe } from './new-password.de.ts';

export const beginDe = {
  ...loginDe,
  ...newPasswordDe,
  'begin.title': 'Einrichtung',
  'begin.hint': 'Legen Sie das Konto an, mit dem diese Installation betrieben wird. Der Link gilt einmal.',
  'begin.name': 'Name',
  'begin.name_missing': 'Bitte geben Sie Ihren Namen ein.',
  'begin.email_taken': 'Diese E-Mail-Adresse gehört zu einem gesperrten Konto. Bitte nehmen Sie eine andere.',
  'begin.password': 'Passwort (mindestens 12 Zeichen)',
  'begin.submit': 'Konto anlegen und anmelden',
  'begin.busy': 'Konto wird angelegt …',
  'begin.refused_title': 'Dieser Link kann nicht verwendet werden',
  'begin.refused.used': 'Er wurde schon benutzt. Wenn Sie das waren, melden Sie sich einfach an.',
  'begin.refused.done':
    'Diese Installation hat bereits eine Betreiberin oder einen Betreiber. Bitte melden Sie sich an.',
  'begin.refused.expired':
    'Er ist abgelaufen. Erzeugen Sie mit dem Einrichtungsskript (oder einem Neustart) einen neuen.',
  'begin.refused.unknown':
    'Er ist unvollständig oder gehört nicht zu dieser Installation. Bitte öffnen Sie ihn noch einmal genau so, wie er ausgegeben wurde.',
  'begin.refused.insecure':
    'Die Verbindung ist nicht verschlüsselt. Öffnen Sie den Link über https oder auf dem Rechner selbst.',
  'begin.sign_in': 'Zur Anmeldung',
};
