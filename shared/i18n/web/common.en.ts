/** English words that both web apps share. Spread into the catalogues of admin and portal. */

import { basicEn } from './basic.en.ts';

export const commonEn = {
  ...basicEn,
  skip_to_content: 'Skip to content',

  'live.live': 'Live',
  'live.connecting': 'Connecting …',
  'live.disconnected': 'Disconnected – trying again',
  'live.polling': 'As of {time}',
  'live.signed_out': 'Signed out',
  'live.seen': 'Last connected at {time}',

  'date.example': 'DD/MM/YYYY',
  'date.pick': 'Choose a day',
  'date.previous_month': 'Previous month',
  'date.next_month': 'Next month',
  'date.today': 'Today',
  'date.problem': 'This is not a day, such as 24/11/2026.',

  'offline.bar': 'No connection – as of {time}',

  'account.past_due': 'The account is past due and will be suspended soon.',
  'account.suspended': 'The account is suspended: no bookings, no messages.',
  'account.reason.trial_ended': 'The trial ended without a plan.',
  'account.reason.past_due': 'The time to pay is over.',
  'account.pay': 'Top up',

  sign_out: 'Sign out',
  user_menu: 'User menu',
  'action.close': 'Close',
  'action.back': 'Back',
  'action.more': 'Load more',
  'action.undo': 'Undo',
  'action.copy_id': 'Copy ID',
  'action.copied': 'Copied',
  'action.reset_filters': 'Reset filters',

  'error.title': 'That did not work',
  'error.final_title': 'This is not possible here',
  'error.CONFIRMATION_REQUIRED': 'Please type your password again.',
  'error.PERMISSION_DENIED': 'You do not have the right to do this. Please ask the owner of your account.',
  'error.VERSION_CONFLICT':
    'Someone changed the appointment in the meantime. You now see its current state – please try again.',
  'error.APPOINTMENT_CONFLICT': 'This time is no longer free.',
  'error.ILLEGAL_TRANSITION': 'This step is not possible in the appointment’s present state.',
  'error.POLICY_VIOLATION': 'The rules of your business do not allow this.',
  'error.INSUFFICIENT_BALANCE': 'The balance is too low for this. Please top up.',

  'page.not_found': 'This page does not exist',
  'page.not_found_hint': 'It may have moved. You will find everything from the home page.',
  'page.home': 'Go to the home page',
  'page.broken': 'This page could not be shown',
  'page.broken_hint': 'Please reload the page. Your data is stored safely.',
  'page.reload': 'Reload',
};
