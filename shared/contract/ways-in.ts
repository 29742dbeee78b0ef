/** Second factor, links to sign in, passkeys. Read by workers/identity/, the web apps (types) and tests. */
import { z } from 'zod';
import { showLinkRequest } from './accounts.ts';
import { signInRequest } from './identity.ts';
import { FACTOR_DEMANDS, FACTOR_GRACE_DAYS, MAX_PASSKEY_NAME } from '../ways-in.ts';
import { doneBody, idOut, idParam, instantOut, itemOf, lineText, listOf } from './parts.ts';

// ---------------------------------------------------------------- links that sign in

export const useLinkRequest = showLinkRequest.extend({ remember_me: z.boolean().default(true) });

// ---------------------------------------------------------------- second factor

/** A code of the app or a recovery code, as people type it. */
const code = z.string().trim().min(1).max(64).meta({ example: '492039' });

export const secondFactorView = z.object({
  on: z.boolean(),
  /** null: off */
  since: instantOut().nullable(),
  recovery_codes: z.int().meta({ description: 'how many are left' }),
  fixed: z.boolean().meta({ description: 'demanded by the account and the only one: it stays' }),
});
export type SecondFactorView = z.infer<typeof secondFactorView>;
export const secondFactorResponse = itemOf(secondFactorView);

export const factorSecretView = z.object({
  secret: z.string().meta({ description: 'base32, to be typed; shown once' }),
  uri: z.string().meta({ description: 'otpauth address: what the QR code holds' }),
});
export type FactorSecretView = z.infer<typeof factorSecretView>;
export const factorSecretResponse = itemOf(factorSecretView);

export const confirmFactorRequest = z.object({ code });
export const recoveryCodesView = z.object({
  recovery_codes: z.array(z.string()).meta({ description: 'each opens the account once; shown once' }),
});
export type RecoveryCodesView = z.infer<typeof recoveryCodesView>;
export const recoveryCodesResponse = itemOf(recoveryCodesView);

export const switchOffFactorRequest = z.object({ password: signInRequest.shape.password, code });
export const switchOffFactorResponse = doneBody;
export const passFactorRequest = z.object({ code });

/** Why somebody else's second factor is taken away: kept in the activity log. */
export const takeFactorRequest = z.object({
  reason: lineText(300).min(10).meta({ example: 'Telefon verloren, persönlich bestätigt' }),
});

/** The owner's half of the way back (workers/identity/commands/factor-reset.ts). */
export const confirmResetRequest = showLinkRequest.extend({ password: signInRequest.shape.password });
export const confirmResetResponse = itemOf(z.object({ due: instantOut() }));

/** `nobody`: everybody decides for themselves. */
const demand = z.enum(['nobody', ...FACTOR_DEMANDS]);
export const factorDemandView = z.object({
  demand,
  /** null: of nobody */
  from: instantOut().nullable(),
  /** the present session has proven one, so it may change this */
  proven: z.boolean(),
  people_without: z.int().meta({ description: 'people who may sign in and have none' }),
});
export type FactorDemandView = z.infer<typeof factorDemandView>;
export const factorDemandResponse = itemOf(factorDemandView);
export const changeFactorDemandRequest = z.object({
  demand: demand.meta({ example: 'nobody' }),
  grace_days: z
    .literal(FACTOR_GRACE_DAYS)
    .default(7)
    .meta({ description: 'days that people have from now on to set one up; of no meaning for `nobody`' }),
});

// ---------------------------------------------------------------- passkeys

const passkeyName = lineText(MAX_PASSKEY_NAME).min(1).meta({ example: 'Telefon' });
/** base64url as browsers write it; what is in it is judged where it is verified. */
const encoded = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .max(8_192);
const credential = {
  id: encoded.min(1).max(1_400).meta({ 'x-external-id': true, example: 'AAAA' }),
  rawId: encoded.min(1).max(1_400).meta({ 'x-external-id': true, example: 'AAAA' }),
  type: z.literal('public-key'),
};

export const passkeyView = z.object({
  id: idOut('passkey'),
  name: z.string(),
  host: z.string().meta({ description: 'the one address it signs in on' }),
  here: z.boolean().meta({ description: 'that is the present one' }),
  synced: z.boolean().meta({ description: 'kept by a password manager on several devices' }),
  created_at: instantOut(),
  /** null: never */
  last_used_at: instantOut().nullable(),
});
export type PasskeyView = z.infer<typeof passkeyView>;
export const passkeyListResponse = listOf(passkeyView);
export const passkeyResponse = itemOf(passkeyView);
export const passkeyParams = z.object({ id: idParam('passkey') });
export const passkeyGoneResponse = itemOf(z.object({ id: idOut('passkey') }));

/** What the browser's `navigator.credentials` takes, in its JSON form (WebAuthn 3, § 5.1.8 and 5.1.9). */
const options = z.record(z.string(), z.unknown());
export const passkeyOptionsResponse = itemOf(z.object({ options }));
export const createPasskeyRequest = z.object({
  name: passkeyName,
  credential: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: encoded.min(1),
      attestationObject: encoded.min(1),
      transports: z
        .array(z.string().regex(/^[a-z-]{1,32}$/))
        .max(10)
        .default([]),
    }),
  }),
});
export type CreatePasskeyRequest = z.input<typeof createPasskeyRequest>;
export const changePasskeyRequest = z.object({ name: passkeyName });
export const passkeySignInRequest = z.object({
  remember_me: z.boolean().default(true),
  credential: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: encoded.min(1),
      authenticatorData: encoded.min(1),
      signature: encoded.min(1),
      userHandle: encoded.nullish(),
    }),
  }),
});
export type PasskeySignInRequest = z.input<typeof passkeySignInRequest>;
