/** How the first operator comes into being. Read by workers/instance/, the page behind the link (types only) and tests. */
import { z } from 'zod';
import { LANGUAGES } from '../i18n/language.ts';
import { MAX_PASSWORD_LENGTH } from '../password-length.ts';
import { idOut, itemOf, personName } from './parts.ts';

/** 32 random bytes as base64url. */
export const SETUP_TOKEN = /^[A-Za-z0-9_-]{43}$/;

export const setupRequest = z.object({
  token: z.string().max(100),
  name: personName(120).min(1).meta({ example: 'Kim Berger' }),
  email: z.email().max(254),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
  language: z.enum(LANGUAGES).default('de'),
});
export type SetupRequest = z.input<typeof setupRequest>;
export const setupResponse = itemOf(z.object({ user_id: idOut('user'), email: z.string() }));
