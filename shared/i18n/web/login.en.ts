/** English words of the sign-in, which is a page of its own. Loaded with it. */
import { basicEn } from './basic.en.ts';
import { entryEn } from './entry.en.ts';

export const loginEn = {
  ...basicEn,
  ...entryEn,
  'admin.sign_in_hint': 'Administration: appointments, calls and phone assistant',
  'portal.sign_in_hint': 'Customer portal: balance, top-ups and account movements',

  'sign_in.title': 'Sign in',
  'sign_in.password': 'Password',
  'sign_in.submit': 'Sign in',
  'sign_in.passkey': 'Use a passkey',
  'sign_in.passkey_failed': 'Signing in with a passkey did not work. Please try again, or use your password.',
  'sign_in.link': 'Send me a link by e-mail',
  'sign_in.forgot': 'Forgotten your password?',
  'sign_in.busy': 'Signing in …',
  'sign_in.password_missing': 'Please enter your password.',
  'sign_in.expired': 'Your session has expired. Please sign in again.',
};
