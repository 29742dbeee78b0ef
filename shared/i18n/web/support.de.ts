/** German words of a session of the support and of a refused address (source language; Sie form). Spread into panel and portal. */
export const supportDe = {
  'support.bar': '{operator} sieht dieses Konto als {person} – bis {time} Uhr',
  'support.end': 'Beenden',
  'elsewhere.title': 'Von hier aus geht es nicht',
  'elsewhere.text':
    'Mit diesem Konto wird nur aus bestimmten Netzen gearbeitet. Ihre Adresse {address} gehört nicht dazu. Arbeiten Sie von dort aus weiter, oder bitten Sie die Inhaberin oder den Inhaber, Ihr Netz aufzunehmen.',
  'factor_reset.text':
    'Ab {due} Uhr werden Ihr zweiter Faktor und Ihre Passkeys entfernt, weil das mit Ihrem Passwort bestätigt wurde. Waren Sie das nicht, halten Sie es an.',
  'factor_reset.stop': 'Anhalten',
  'factor_reset.stopped': 'Angehalten: Ihr zweiter Faktor bleibt. Bitte wählen Sie ein neues Passwort.',
  'factor_bar.text': 'Ab {due} Uhr verlangt dieses Konto von Ihnen einen zweiten Faktor.',
  'factor_bar.text_known': 'Ab {due} Uhr müssen Sie sich hier mit Ihrem zweiten Faktor oder Passkey anmelden.',
  'factor_bar.go': 'Jetzt einrichten',
  'error.SUPPORT_SESSION': 'In einer Sitzung des Supports geht das nicht. Das kann nur die Person selbst.',
} as const;
