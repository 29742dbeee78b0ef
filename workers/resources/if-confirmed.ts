/** Changes that would strand appointments: refused with a token that confirms exactly that. Called by calendar/ and imports/. */
import { asInstant } from '../../shared/clock.ts';
import { err, type Result } from '../../shared/result.ts';
import { readToken, signToken } from '../../shared/signed-token.ts';
import { MINUTE } from '../../shared/time.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Asked } from './backing.ts';

/** A confirmation counts so long. */
const CONFIRM_MS = 10 * MINUTE;

/** What an object answers, with where its history stands. */
interface Answered<T, H> {
  result: Result<T>;
  head: H;
}

/**
 * A command that may strand. Only a token of ours confirms, and only the set that it was made of; `confirm` alone confirms nothing. The
 * refusal WOULD_STRAND comes back with the token that confirms exactly it for ten minutes.
 */
export async function ifConfirmed<T, H>(
  scope: TenantScope,
  { confirm, confirmToken }: Pick<Asked, 'confirm' | 'confirmToken'>,
  run: (confirmed: { confirmSet: string | null }) => Promise<Answered<T, H>>,
): Promise<Answered<T, H>> {
  const secret = scope.config.AUTH_SECRET;
  let confirmSet: string | null = null;
  if (confirm && confirmToken !== null) {
    const claims = (await readToken(secret, 'stranding', confirmToken, scope.now))?.claims;
    const set = claims?.['t'] === scope.tenantId ? claims['s'] : null;
    if (typeof set === 'string') confirmSet = set;
  }
  const { result, head } = await run({ confirmSet });
  if (result.ok || result.error.code !== 'WOULD_STRAND') return { result, head };
  const { set, ...details } = result.error.details;
  const claims = { t: scope.tenantId, s: set ?? '' };
  const token = await signToken(secret, 'stranding', claims, asInstant(scope.now + CONFIRM_MS));
  return { result: err({ code: 'WOULD_STRAND', details: { ...details, confirm_token: token } }), head };
}
