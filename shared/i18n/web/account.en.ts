/** English words of the pages behind links of mails about accounts: invitation, new password, new address. */
import { commonEn } from './common.en.ts';
import { entryEn } from './entry.en.ts';
import { newPasswordEn } from './new-password.en.ts';

export const accountEn = {
  ...commonEn,
  ...entryEn,
  ...newPasswordEn,
  'account.name': 'Your name',
  'account.password': 'New password',
  'account.name_missing': 'Please enter your name.',
  'account.busy': 'One moment …',
  'account.loading': 'Checking the link …',
  'account.to_sign_in': 'To the sign-in',

  'account.support_title': 'Support session',
  'account.support_loading': 'Opening the session …',
  'account.support_gone':
    'This link works once and for a minute only, or the permission was withdrawn. Begin the session on the account’s page again.',

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

  'account.link_title': 'Sign in by e-mail',
  'account.link_ask_hint': 'We send you a link that signs you in without your password.',
  'account.link_ask_submit': 'Send link',
  'account.link_done':
    'If there is an access with this e-mail address, a message with a link is on its way now. It is good for 15 minutes. Nothing arrived? Please look into the spam folder, too.',
  'account.link_hint': 'As {email} at {tenant}',
  'account.link_submit': 'Sign in now',
  'account.gone_link': 'It was used already, is over, or there is a newer one. You can ask for a new one at any time.',

  'account.factor_reset_title': 'Reset the second factor',
  'account.factor_reset_hint':
    'For {email} at {tenant}. 24 hours after you have confirmed, we remove second factor and passkeys and end all sessions. Until then it can be stopped.',
  'account.factor_reset_submit': 'Confirm',
  'account.factor_reset_done_title': 'Confirmed',
  'account.factor_reset_done':
    'In 24 hours you can sign in with your password alone. We have sent you a message with a link that stops it.',
  'account.factor_stop_title': 'Stop the reset',
  'account.factor_stop_hint': 'The second factor of {email} at {tenant} stays as it is then.',
  'account.factor_stop_submit': 'Stop',
  'account.factor_stop_done_title': 'Stopped',
  'account.factor_stop_done':
    'Your second factor stays. You did not confirm the reset yourself? Then somebody knows your password: please choose a new one at once.',
  'account.password_present': 'Your password',
  'account.password_present_hint': 'The password that you sign in with.',
  'account.password_present_missing': 'Please enter your password.',
  'account.gone_factor_reset': 'It was used already, is over or was withdrawn. Please ask the operator.',
  'account.gone_factor_stop': 'There is nothing left to stop: it was stopped or withdrawn already, or is done.',
  'account.gone_title': 'This link is no longer good',
  'account.gone_invite':
    'It was used already, has run out, or there is a newer one. Please ask whoever invited you for a new invitation.',
  'account.gone_reset':
    'It was used already, has run out, or there is a newer one. You can request a new one at any time.',
  'account.gone_email':
    'It was used already, has run out, or there is a newer one. You can change the address once more in your profile.',
};
