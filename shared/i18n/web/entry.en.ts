/** English words of everything that is typed before somebody is signed in. Spread into the catalogues of sign-in, links and sign-up. */

/** Said wherever tries are counted; the second step loads nothing else of these. */
export const lockedEn = {
  'sign_in.locked_seconds':
    'Too many attempts. Please wait {count, plural, one {# second} other {# seconds}} and then try again.',
  'sign_in.locked_minutes':
    'Too many attempts. Please wait {count, plural, one {# minute} other {# minutes}} and then try again.',
};

export const entryEn = {
  'sign_in.email': 'E-mail address',
  'sign_in.email_missing': 'Please enter your e-mail address, for example name@company.com.',
  'sign_in.show_password': 'Show password',
  'sign_in.hide_password': 'Hide password',
  ...lockedEn,
};
