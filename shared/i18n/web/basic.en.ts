/** English words that every page shares, the sign-in too, which loads nothing else. */
export const basicEn = {
  'language.label': 'Language',
  'language.de': 'Deutsch',
  'language.en': 'English',

  'scheme.label': 'Appearance',
  'scheme.light': 'Light',
  'scheme.dark': 'Dark',
  'scheme.auto': 'Same as system',

  'action.retry': 'Try again',
  'error.request_id': 'Request number: {id}',
  'error.NETWORK': 'No connection to the server. Please check your internet connection and try again.',
  'error.UNAUTHENTICATED': 'You are no longer signed in. Please sign in again.',
  'error.INVALID_CREDENTIALS': 'E-mail address or password is wrong. Please check both.',
  'error.BUSY': 'Many people are signing in at the moment. Please try again shortly.',
  'error.NOT_FOUND': 'This does not exist, or no longer does.',
  'error.TENANT_SUSPENDED': 'The account is suspended. Signing in and paying are still possible.',
  'error.UPSTREAM_UNAVAILABLE': 'A connected service is not answering right now. Please try again in a few minutes.',
  'error.other': 'Something went wrong. Please try again; if that does not help, tell us the request number.',
};
