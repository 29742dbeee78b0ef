/** German words of the way to the own profile and of the question for the password (source language; Sie form). Spread into panel and portal. */
export const confirmDe = {
  'nav.profile': 'Mein Profil',
  'confirm.title': 'Passwort bestätigen',
  'confirm.hint': 'Das hat weitreichende Folgen. Bitte geben Sie dafür Ihr Passwort noch einmal ein.',
  'confirm.password': 'Ihr Passwort',
  'confirm.submit': 'Bestätigen',
  'confirm.wrong': 'Das Passwort stimmt nicht.',
  'profile.title': 'Mein Profil',
} as const;
