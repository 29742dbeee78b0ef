/** English words of the pages behind links of mails about accounts: invitation, new password, new address. */
import { commonEn } from './common.en.ts';

export const accountEn = {
  ...commonEn,
  'account.email': 'E-mail address',
  'account.name': 'Your name',
  'account.password': 'New password',
  'account.password_hint':
    'At least 10 characters, for example several words in a row. Special characters are not needed.',
  'account.password_missing': 'Please choose a password of at least 10 characters.',
  'account.password_guessable': 'This password is too easy to guess. Please choose another one.',
  'account.name_missing': 'Please enter your name.',
  'account.email_missing': 'Please enter your e-mail address, for example name@company.com.',
  'account.show_password': 'Show password',
  'account.hide_password': 'Hide password',
  'account.busy': 'One moment …',
  'account.loading': 'Checking the link …',
  'account.to_sign_in': 'To the sign-in',

  'account.invite_title': 'Accept your invitation',
  'account.invite_hint': 'Your access to {tenant}',
  'account.invite_submit': 'Set up access',

  'account.forgot_title': 'Forgotten password',
  'account.forgot_hint': 'We will send you a link to choose a new password.',
  'account.forgot_submit': 'Request a link',
  'account.forgot_done_title': 'Please look into your mailbox',
  'account.forgot_done':
    'If there is an account with this e-mail address, a message with a link is on its way now. The link is good for 60 minutes. Nothing there? Please look into your spam folder as well.',

  'account.reset_title': 'Choose a new password',
  'account.reset_hint': 'For {email} at {tenant}',
  'account.reset_submit': 'Save password',
  'account.reset_done_title': 'Your password has changed',
  'account.reset_done': 'All sessions have ended. Please sign in with the new password.',

  'account.email_title': 'Confirm your new e-mail address',
  'account.email_hint': 'From now on you sign in to {tenant} with {email}.',
  'account.email_submit': 'Confirm address',
  'account.email_done_title': 'Your new e-mail address counts',
  'account.email_done': 'Please sign in with {email} from now on.',

  'account.gone_title': 'This link is no longer good',
  'account.gone_invite':
    'It was used already, has run out, or there is a newer one. Please ask whoever invited you for a new invitation.',
  'account.gone_reset':
    'It was used already, has run out, or there is a newer one. You can request a new one at any time.',
  'account.gone_email':
    'It was used already, has run out, or there is a newer one. You can change the address once more in your profile.',
  'account.locked_seconds':
    'Too many attempts. Please wait {count, plural, one {# second} other {# seconds}} and then try again.',
  'account.locked_minutes':
    'Too many attempts. Please wait {count, plural, one {# minute} other {# minutes}} and then try again.',
};
