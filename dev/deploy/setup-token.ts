/** A one-time token that makes the first operator: drawn here, and only its hash is written anywhere. Called by dev/server and the set-up script. */
import { createHash, randomBytes } from 'node:crypto';
import { SETUP_PATH } from '../../shared/page-data.ts';

/** 256 bits can't be guessed. */
const TOKEN_BYTES = 32;
const LIFE_MS = 24 * 3_600_000;

/** Statements that write its hash and end every earlier token that nobody used; their values are digits and hexadecimal only. */
export function newSetupToken(now: number): { token: string; statements: string[] } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  return {
    token,
    statements: [
      'DELETE FROM setup_tokens WHERE used_at IS NULL',
      `INSERT INTO setup_tokens (token_hash, expires_at, created_at) VALUES ('${hash}', ${now + LIFE_MS}, ${now})`,
    ],
  };
}

/** The link: the token stands behind `#`, where no server, proxy or log sees it. */
export const setupAddress = (base: string, token: string): string =>
  `${base.replace(/\/+$/, '')}${SETUP_PATH}#${token}`;
