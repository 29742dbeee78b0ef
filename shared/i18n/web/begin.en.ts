/** English words of the page behind the one-time link that makes the first operator. With the sign-in's, which its form shares. */
import { loginEn } from './login.en.ts';
import { newPasswordEn } from './new-password.en.ts';

export const beginEn = {
  ...loginEn,
  ...newPasswordEn,
  'begin.title': 'Set-up',
  'begin.hint': 'Create the account that this installation is run with. The link works once.',
  'begin.name': 'Name',
  'begin.name_missing': 'Please enter your name.',
  'begin.email_taken': 'This e-mail address belongs to a disabled account. Please use another one.',
  'begin.password': 'Password (at least 12 characters)',
  'begin.submit': 'Create account and sign in',
  'begin.busy': 'Creating the account …',
  'begin.refused_title': 'This link cannot be used',
  'begin.refused.used': 'It has been used already. If that was you, just sign in.',
  'begin.refused.done': 'This installation has an operator already. Please sign in.',
  'begin.refused.expired': 'It has expired. Make a new one with the set-up script (or by restarting).',
  'begin.refused.unknown':
    'It is incomplete or belongs to another installation. Please open it once more exactly as it was printed.',
  'begin.refused.insecure': 'The connection is not encrypted. Open the link over https or on the machine itself.',
  'begin.sign_in': 'Go to sign-in',
};
