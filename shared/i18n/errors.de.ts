/** German messages of the error registry; in ICU MessageFormat, filled from the refusal. Du/Sie: always Sie. */
export const errorsDe = {
  VALIDATION_ERROR: 'Bitte prüfen Sie Ihre Angaben.',
  APPOINTMENT_CONFLICT: 'Dieser Termin ist nicht mehr frei.',
  POLICY_CONFIRMATION_REQUIRED: 'Bitte bestätigen Sie, dass Sie trotz der Stornobedingungen fortfahren möchten.',
  POLICY_VIOLATION: 'Die Regeln lassen das nicht zu.',
  VERSION_CONFLICT: 'Der Datensatz wurde inzwischen geändert. Bitte laden Sie ihn neu.',
  QUOTE_STALE: 'Das Angebot ist nicht mehr gültig. Bitte wählen Sie erneut.',
  HOLD_EXPIRED: 'Die Reservierung ist abgelaufen.',
  ILLEGAL_TRANSITION: 'Das ist im gegenwärtigen Zustand nicht möglich.',
  WOULD_STRAND: 'Künftige Termine verlören dadurch ihren Platz. Bitte bestätigen Sie die Änderung.',
  PERMISSION_DENIED: 'Dafür fehlt Ihnen die Berechtigung.',
  NOT_FOUND: 'Nicht gefunden.',
  IDEMPOTENCY_MISMATCH: 'Dieser Idempotency-Key wurde bereits mit anderem Inhalt verwendet.',
  INSUFFICIENT_BALANCE: 'Das Guthaben reicht nicht aus.',
  SIGNATURE_INVALID: 'Die Signatur ist ungültig.',
  UNAUTHENTICATED: 'Bitte melden Sie sich an.',
  CONFIRMATION_REQUIRED: 'Bitte geben Sie Ihr Passwort noch einmal ein.',
  RATE_LIMITED:
    'Zu viele Anfragen. Bitte versuchen Sie es in {retry_after, plural, one {# Sekunde} other {# Sekunden}} erneut.',
  TENANT_SUSPENDED:
    'Dieses Konto ist gesperrt. Bitte gleichen Sie offene Beträge aus oder wenden Sie sich an Ihren Anbieter.',
  ISSUER_INCOMPLETE:
    'Zahlungen sind noch nicht möglich: Name, Anschrift, Steuernummer oder Steuersatz des Rechnungsstellers fehlen.',
  SIGNUP_CLOSED: 'Hier kann sich zurzeit niemand selbst registrieren.',
  SETUP_REFUSED: 'Dieser Einrichtungslink gilt nicht oder nicht mehr.',
  CONNECTION_FAILED: 'Der Anbieter hat die Zugangsdaten nicht angenommen. Es wurde nichts geändert.',
  HAS_CUSTOMERS:
    'Dieser Reseller hat noch {count, plural, one {einen Kunden} other {# Kunden}}: {names}. Bitte schließen Sie sie zuerst, oder ordnen Sie sie jemand anderem zu.',
  LIMIT_REACHED: 'Die Grenze Ihres Tarifs ist erreicht: {limit} (höchstens {max}).',
  TOO_OLD: 'Dieser Verbrauch liegt zu weit zurück: Sein Monat ist abgeschlossen.',
  IN_FUTURE: 'Dieser Verbrauch liegt in der Zukunft.',
  MALFORMED_JSON: 'Der Inhalt der Anfrage ist kein gültiges JSON.',
  PAYLOAD_TOO_LARGE: 'Die Anfrage ist zu groß (höchstens {max_bytes} Byte).',
  OBJECT_FENCED: 'Die Daten werden gerade wiederhergestellt. Bitte versuchen Sie es in Kürze erneut.',
  SUPPORT_NOT_ALLOWED: 'Der Inhaber hat den Zugriff des Supports nicht erlaubt, oder die Erlaubnis ist abgelaufen.',
  LEDGER_UNSOUND:
    'Die Buchungen dieses Kontos stimmen nicht mit ihrer eigenen Prüfkette überein. Es wurde nichts überschrieben.',
  OUTBOX_STUCK:
    'Ein Ereignis lässt sich nicht ausliefern. Überspringen Sie es mit Begründung und versuchen Sie es erneut.',
  UPSTREAM_UNAVAILABLE: 'Ein benötigter Dienst antwortet gerade nicht. Bitte versuchen Sie es in Kürze erneut.',
  INVALID_CREDENTIALS: 'E-Mail-Adresse oder Passwort ist falsch.',
  BUSY: 'Gerade melden sich viele an. Bitte versuchen Sie es gleich noch einmal.',
  SUPPORT_SESSION: 'In einer Sitzung des Supports geht das nicht. Das kann nur die Person selbst.',
  ADDRESS_REFUSED:
    'Mit diesem Konto wird nur aus bestimmten Netzen gearbeitet. Ihre Adresse {address} gehört nicht dazu.',
  SECOND_FACTOR_REQUIRED:
    'Dieses Konto verlangt einen zweiten Faktor. Richten Sie ihn ein, oder melden Sie sich mit ihm an.',
  SOURCE_REFUSED: 'Diese Adresse nimmt Anfragen nur von bestimmten Absendern an.',
  ORIGIN_REFUSED: 'Diese Anfrage kam nicht von einer unserer Seiten.',
  UNSUPPORTED_MEDIA_TYPE: 'Dieses Format wird nicht angenommen; senden Sie application/json.',
  REQUEST_IN_PROGRESS: 'Dieselbe Anfrage wird gerade bearbeitet.',
  INTERNAL_ERROR: 'Da ist etwas schiefgegangen. Bitte nennen Sie uns die Anfragenummer.',
};
