/** English words of the way to the own profile and of the question for the password. Spread into panel and portal. */
export const confirmEn = {
  'nav.profile': 'My profile',
  'confirm.title': 'Confirm your password',
  'confirm.hint': 'This reaches far. Please enter your password once more.',
  'confirm.password': 'Your password',
  'confirm.submit': 'Confirm',
  'confirm.wrong': 'The password is not right.',
  'profile.title': 'My profile',
} as const;
