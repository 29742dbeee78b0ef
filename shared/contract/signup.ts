/** Public sign-up: whether it is open, what is asked, and what the link of its mail does. Read by workers/signup/, the sign-in web app (types only) and tests. */
import { z } from 'zod';
import { SIGNUP_REFUSALS } from '../errors.ts';
import { LANGUAGES } from '../i18n/language.ts';
import { AGREED_KINDS, LEGAL_KINDS } from '../legal.ts';
import { COUNTRIES } from '../countries.ts';
import { TRADES } from '../trades.ts';
import { newPassword, showLinkRequest } from './accounts.ts';
import { legalTextLink } from './legal.ts';
import { doneBody, idField, itemOf, lineText, personName } from './parts.ts';

const MAX_NAME = 120;

export const signupView = z.object({
  open: z.boolean(),
  /** why it is not */
  reason: z.enum(SIGNUP_REFUSALS).nullable(),
  product_name: z.string(),
  /** whom to ask instead */
  support_email: z.string().nullable(),
  support_phone: z.string().nullable(),
  /** present versions by kind */
  texts: z.array(legalTextLink),
});
export type SignupView = z.infer<typeof signupView>;
export const signupResponse = itemOf(signupView);
export const signupQuery = z.object({ language: z.enum(LANGUAGES).optional() });

export const signupRequest = z.object({
  business: lineText(MAX_NAME).min(1).meta({ example: 'Salon Birke' }),
  trade: z.enum(TRADES),
  name: personName(MAX_NAME).min(1).meta({ example: 'Bea Birke' }),
  email: z.email().max(254),
  country: z.enum(COUNTRIES).default('DE'),
  language: z.enum(LANGUAGES).default('de'),
  /** versions that were shown and agreed to */
  agreed: z.array(idField('legal_text')).max(AGREED_KINDS.length),
});
export type SignupRequest = z.input<typeof signupRequest>;
export const signupDone = doneBody;

export const showSignupRequest = showLinkRequest;
export const signupLinkResponse = itemOf(
  z.object({
    business: z.string(),
    trade: z.enum(TRADES),
    name: z.string(),
    email: z.string(),
    language: z.enum(LANGUAGES),
  }),
);
export type SignupLinkView = z.infer<typeof signupLinkResponse>['data'];
export const confirmSignupRequest = showLinkRequest.extend({
  password: newPassword,
  remember_me: z.boolean().default(true),
});
export type ConfirmSignupRequest = z.input<typeof confirmSignupRequest>;

// ---------------------------------------------------------------- the switch of whoever sells

export const signupSettingsView = z.object({
  /** switched on by whoever sells here */
  switched: z.boolean(),
  /** a visitor can sign up now */
  open: z.boolean(),
  reason: z.enum(SIGNUP_REFUSALS).nullable(),
  /** kinds that nobody has published yet */
  missing: z.array(z.enum(LEGAL_KINDS)),
  /** own present versions, by kind and language */
  published: z.array(legalTextLink),
  /** address of the page */
  address: z.string(),
});
export type SignupSettingsView = z.infer<typeof signupSettingsView>;
export const signupSettingsResponse = itemOf(signupSettingsView);
export const signupSettingsChange = z.object({ switched: z.boolean() });
