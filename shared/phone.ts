/** Reads phone numbers as people write and say them; the one way to E.164 for telephony, customers, messages and faces. */
export type PhoneCountry = 'DE' | 'AT' | 'CH';
export type PhoneKind =
  | 'mobile'
  | 'fixed_line'
  | 'switchboard'
  | 'extension'
  | 'voip'
  | 'toll_free'
  | 'premium'
  | 'shared_cost'
  | 'emergency'
  | 'short_code'
  | 'unknown';
export type PhoneAction = 'match' | 'ask' | 'reject';
export interface PhoneReading {
  e164: string | null;
  kind: PhoneKind;
  action: PhoneAction;
  extension?: string;
  raw: string;
  variants: string[];
}
export interface PhonePlace {
  country: PhoneCountry | (string & {});
  areaCode?: string | null | undefined;
}
export declare function readPhone(input: string | null | undefined, place: PhonePlace): PhoneReading;
export declare function sayPhone(e164: string, language: 'de' | 'en'): string;
