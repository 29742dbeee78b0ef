/** English words of the meter beside a new password. Spread into the catalogues of links, sign-up and profile. */

export const strengthEn = {
  'strength.short': '{count, plural, one {One more character} other {# more characters}}',
  'strength.weak': 'Too easy to guess',
  'strength.fair': 'Sufficient',
  'strength.good': 'Good',
  'strength.strong': 'Very good',
  'password.leaked': 'This password is known from a data leak. Please choose another one.',
};
