/**
 * Pure: the form of VAT ids by country (EU Commission, VIES FAQ Q 11; Switzerland: UID-Register). A right form is no proof that the id
 * exists: that the register says. Called where a VAT id is written.
 */

/** By the prefix as VIES writes it: Greece is `EL`. */
const FORMS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
};
/** „CHE-123.456.789 MWST“; no EU register knows it. */
const SWISS = /^CHE\d{9}(MWST|TVA|IVA)?$/;

interface ReadVatId {
  /** as it is kept: no blanks, dots and hyphens */
  id: string;
  /** country and number as the EU's register asks for them; null: it has no such ids */
  vies: { country: string; number: string } | null;
}

/** A typed VAT id of a country; null: not of its form. @param country ISO 3166-1 of the business */
export function readVatId(text: string, country: string): ReadVatId | null {
  const id = text.toUpperCase().replace(/[\s.\-/]/g, '');
  if (country === 'CH' || country === 'LI') return SWISS.test(id) ? { id, vies: null } : null;
  const prefix = country === 'GR' ? 'EL' : country;
  const number = id.slice(2);
  return id.startsWith(prefix) && FORMS[prefix]?.test(number) === true
    ? { id, vies: { country: prefix, number } }
    : null;
}
