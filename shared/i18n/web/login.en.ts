/** English words of the sign-in, which is a page of its own. Loaded with it. */
import { commonEn } from './common.en.ts';

export const loginEn = {
  ...commonEn,
  'admin.sign_in_hint': 'Administration: appointments, calls and phone assistant',
  'portal.sign_in_hint': 'Customer portal: balance, top-ups and account movements',

  'sign_in.title': 'Sign in',
  'sign_in.email': 'E-mail address',
  'sign_in.password': 'Password',
  'sign_in.submit': 'Sign in',
  'sign_in.forgot': 'Forgotten your password?',
  'sign_in.busy': 'Signing in …',
  'sign_in.email_missing': 'Please enter your e-mail address, such as name@company.com.',
  'sign_in.password_missing': 'Please enter your password.',
  'sign_in.show_password': 'Show password',
  'sign_in.hide_password': 'Hide password',
  'sign_in.locked_seconds':
    'Too many attempts. Please wait {count, plural, one {# second} other {# seconds}} and try again.',
  'sign_in.locked_minutes':
    'Too many attempts. Please wait {count, plural, one {# minute} other {# minutes}} and try again.',
  'sign_in.expired': 'Your session has expired. Please sign in again.',
};
