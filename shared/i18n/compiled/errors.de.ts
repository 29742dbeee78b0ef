/** Compiled from shared/i18n/errors.de.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import { de } from '@messageformat/runtime/lib/cardinals';
import { plural, strictNumber } from '../message-runtime.ts';

export const errorsDe = {
  "VALIDATION_ERROR": "Bitte prüfen Sie Ihre Angaben.",
  "APPOINTMENT_CONFLICT": "Dieser Termin ist nicht mehr frei.",
  "POLICY_CONFIRMATION_REQUIRED": "Bitte bestätigen Sie, dass Sie trotz der Stornobedingungen fortfahren möchten.",
  "POLICY_VIOLATION": "Die Buchungsregeln lassen das nicht zu.",
  "VERSION_CONFLICT": "Der Datensatz wurde inzwischen geändert. Bitte laden Sie ihn neu.",
  "QUOTE_STALE": "Das Angebot ist nicht mehr gültig. Bitte wählen Sie erneut.",
  "HOLD_EXPIRED": "Die Reservierung ist abgelaufen.",
  "ILLEGAL_TRANSITION": "Das ist im gegenwärtigen Zustand nicht möglich.",
  "WOULD_STRAND": "Künftige Termine verlören dadurch ihren Platz. Bitte bestätigen Sie die Änderung.",
  "PERMISSION_DENIED": "Dafür fehlt Ihnen die Berechtigung.",
  "NOT_FOUND": "Nicht gefunden.",
  "IDEMPOTENCY_MISMATCH": "Dieser Idempotency-Key wurde bereits mit anderem Inhalt verwendet.",
  "INSUFFICIENT_BALANCE": "Das Guthaben reicht nicht aus.",
  "SIGNATURE_INVALID": "Die Signatur ist ungültig.",
  "UNAUTHENTICATED": "Bitte melden Sie sich an.",
  "RATE_LIMITED": (d: { retry_after: number }): string => "Zu viele Anfragen. Bitte versuchen Sie es in " + plural(d.retry_after, 0, de, { one: strictNumber("de", d.retry_after, 0, "retry_after") + " Sekunde", other: strictNumber("de", d.retry_after, 0, "retry_after") + " Sekunden" }) + " erneut.",
  "TENANT_SUSPENDED": "Dieses Konto ist gesperrt. Bitte gleichen Sie offene Beträge aus oder wenden Sie sich an Ihren Anbieter.",
  "LIMIT_REACHED": (d: { limit: string | number; max: string | number }): string => "Die Grenze Ihres Tarifs ist erreicht: " + d.limit + " (höchstens " + d.max + ").",
  "MALFORMED_JSON": "Der Inhalt der Anfrage ist kein gültiges JSON.",
  "PAYLOAD_TOO_LARGE": (d: { max_bytes: string | number }): string => "Die Anfrage ist zu groß (höchstens " + d.max_bytes + " Byte).",
  "OBJECT_FENCED": "Die Daten werden gerade wiederhergestellt. Bitte versuchen Sie es in Kürze erneut.",
  "UPSTREAM_UNAVAILABLE": "Ein benötigter Dienst antwortet gerade nicht. Bitte versuchen Sie es in Kürze erneut.",
  "INVALID_CREDENTIALS": "E-Mail-Adresse oder Passwort ist falsch.",
  "ORIGIN_REFUSED": "Diese Anfrage kam nicht von einer unserer Seiten.",
  "UNSUPPORTED_MEDIA_TYPE": "Dieses Format wird nicht angenommen; senden Sie application/json.",
  "REQUEST_IN_PROGRESS": "Dieselbe Anfrage wird gerade bearbeitet.",
  "INTERNAL_ERROR": "Da ist etwas schiefgegangen. Bitte nennen Sie uns die Anfragenummer.",
};
