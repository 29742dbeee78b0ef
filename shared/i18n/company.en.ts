/** English words about a company's settings that were refused. */
export const companyEn = {
  name_hidden: 'One line without invisible characters.',
  last_company: 'A business has at least one company. Create another one first.',
  practice_identity: 'In practice mode “identity” is always “strict”.',
  practice_greeting: 'In practice mode nobody is greeted by name: only “none” is allowed.',
  practice_transcript_days: 'In practice mode transcripts are kept for 30 days at most.',
  country_unknown: 'Not a country code (ISO 3166, two letters).',
  number_unreadable: 'Not a phone number that can be called back.',
} as const;
export type CompanyText = keyof typeof companyEn;
