/** Pure. Which column is what: guessed from headers in German and English, and what of a mapping is wrong. Called by commands of imports. */
import { type ImportField, REPEATED_FIELDS } from '../../../shared/import-sets.ts';
import { foldLetters } from '../../../shared/fold-letters.ts';

/** A header as it is compared: letters and digits only. */
export const foldHeader = (header: string): string => foldLetters(header).replace(/[^\p{L}\p{N}]/gu, '');

/** Folded headers, by what they mean. */
const HEADERS: readonly (readonly [ImportField, RegExp])[] = [
  ['first_name', /^(vor|first|given|ruf)name(n|kunde)?$|^firstname$/],
  ['last_name', /^(nach|familien|zu|last|family|sur)name(n|kunde)?$/],
  [
    'name',
    /^(kunden?|customer|kontakt|contact|voller?|full|display|anzeige|ansprechpartner|client)?name$|^(kunde|customer|kontakt|client|person|kundin)$/,
  ],
  ['email', /^(e?mail|email)(adresse|address|1|kunde|privat|private)?$|^elektronischepost$/],
  [
    'phone',
    /^(tele?fon|phone|tel|mobil|handy|mobile|cell|rufnummer|festnetz|landline|privat)(nummer|number|telefon|phone|nr|no|1|2|privat|mobil|geschaeftlich|dienstlich|home|work|mobile|festnetz)?$|^(telefonnummer|mobiltelefon|mobilephone|cellphone|phonenumber|mobilnummer|handynummer)$/,
  ],
  ['language', /^(sprache|language|lang|korrespondenzsprache|preferredlanguage)$/],
  ['vip', /^(vip|istvip|isvip|vipkunde)$/],
  [
    'notes',
    /^(notiz(en)?|bemerkung(en)?|kommentar(e)?|anmerkung(en)?|hinweis(e)?|notes?|comments?|remarks?|memo|info)$/,
  ],
  [
    'tags',
    /^(tags?|schlagwort(e)?|schlagworte?r?|kategorie(n)?|categor(y|ies)|gruppe(n)?|groups?|labels?|stichworte?)$/,
  ],
  [
    'consent_marketing_email',
    /^(newsletter|werbungemail|emailwerbung|marketingemail|emailmarketing|newsletterperemail|werbeeinwilligungemail)$/,
  ],
  ['consent_marketing_sms', /^(werbungsms|smswerbung|marketingsms|smsmarketing|werbeeinwilligungsms)$/],
  ['consent_reminder_sms', /^(erinnerung(en)?sms|smserinnerung(en)?|remindersms|smsreminders?)$/],
  ['consent_reminder_email', /^(erinnerung(en)?email|emailerinnerung(en)?|reminderemail|emailreminders?)$/],
  [
    'consent_at',
    /^(einwilligung(s)?(datum|vom|am)|einwilligungsdatum|consent(date|at|on)|dateofconsent|zustimmungam|newsletterseit|optinat|optindate)$/,
  ],
  [
    'consent_source',
    /^(einwilligung(s)?(quelle|herkunft|nachweis|durch)|consent(source|proof)|optinsource|quelledereinwilligung)$/,
  ],
];

/** A guess for each column; what may stand once is given to the first that says so. */
export const guessFields = (headers: readonly string[]): (ImportField | null)[] =>
  recalledFields(headers, (header) => {
    const folded = foldHeader(header);
    return HEADERS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
  });

/** The set of headers, whatever their order: what a mapping is remembered by. */
export const headerSet = (headers: readonly string[]): string =>
  [...new Set(headers.map(foldHeader))].sort().join('\n');

/** A remembered mapping for these columns; what it does not know is left out. @param known what a header was, or null */
export const recalledFields = (
  headers: readonly string[],
  known: (header: string) => ImportField | null,
): (ImportField | null)[] => {
  const taken = new Set<ImportField>();
  return headers.map((header) => {
    const field = known(header);
    if (field === null || (taken.has(field) && !REPEATED_FIELDS.has(field))) return null;
    taken.add(field);
    return field;
  });
};

/** Columns whose field another one has already, which may stand once. */
export const doubledFields = (fields: readonly (ImportField | null)[]): ImportField[] => [
  ...new Set(
    fields.filter(
      (field, i): field is ImportField => field !== null && !REPEATED_FIELDS.has(field) && fields.indexOf(field) !== i,
    ),
  ),
];

/** Whether anybody could be told apart by these columns. */
export const namesSomebody = (fields: readonly (ImportField | null)[]): boolean =>
  fields.some((field) => field !== null && ['first_name', 'last_name', 'name', 'phone', 'email'].includes(field));
