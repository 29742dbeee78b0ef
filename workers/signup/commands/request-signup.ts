/** Somebody asks for an account of a business: a mail with a link, or, where the address has an account here, a mail that says so. Called through signup-commands.ts. */
import { asInstant, processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { agreedBy } from '../../../shared/legal.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Trade } from '../../../shared/trades.ts';
import type { Platform } from '../../env.ts';
import type { Asked } from '../../identity/asked.ts';
import { auditBeside } from '../../identity/audit.ts';
import { servedHere } from '../../identity/commands/sign-in.ts';
import { secondsUntil } from '../../identity/lock-out.ts';
import { log } from '../../log.ts';
import { insertSignup, mailIdOf } from '../../storage/queries/signups.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { countSignup } from '../limits.ts';
import { sellerOn, signupState } from '../open.ts';

interface RequestSignup extends Asked {
  business: string;
  trade: Trade;
  name: string;
  email: string;
  country: string;
  language: Language;
  agreed: readonly string[];
}

/** The link of the mail works so long. */
const LINK_MS = 60 * 60_000;
/** Accounts of one address that are written to. */
const MAX_ACCOUNTS = 3;

/**
 * Judges and counts the request, and leaves the rest for after the answer: whether the address is known shows neither in what is answered nor
 * in the time it takes.
 * Refusals: NOT_FOUND (a business's host), SIGNUP_CLOSED, VALIDATION_ERROR (`agreed`: a version that must be agreed to is not), RATE_LIMITED.
 */
export async function requestSignup(
  platform: Platform,
  input: RequestSignup,
): Promise<Result<{ work: () => Promise<void> }, DomainError | EdgeError>> {
  const seller = await sellerOn(platform, input.realm);
  if (seller === null) return err({ code: 'NOT_FOUND', entity: 'signup' });
  const { reason, texts } = await signupState(platform, seller, input.language);
  if (reason !== null) return err({ code: 'SIGNUP_CLOSED', details: { reason } });
  const wanted = agreedBy(input.trade).flatMap((kind) => texts.get(kind) ?? []);
  const lacks = wanted.filter(({ id }) => !input.agreed.includes(id)).map(({ kind }) => kind);
  if (lacks.length > 0) return err({ code: 'VALIDATION_ERROR', errors: { agreed: lacks } });
  const now = processNow();
  const email = input.email.toLowerCase();
  const lockedUntil = await countSignup(platform, { email, address: input.address }, now);
  if (lockedUntil !== null) return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  return ok({
    work: async () => {
      try {
        const known = (await servedHere(platform, { ...input, email })).slice(0, MAX_ACCOUNTS);
        for (const { tenantId, userId } of known) {
          const guest = { kind: 'guest', tenantId, permissions: [] } as const;
          const scope = openTenant(platform, tenantId, guest, { ...input, now });
          const id = `${userId}:exists:${input.requestId}`;
          await scope.effects([
            { id, queue: 'high', kind: 'notify', ref: { event: 'account.exists', userId, at: now } },
          ]);
        }
        if (known.length > 0) return;
        const guest = { kind: 'guest', tenantId: seller.id, permissions: [] } as const;
        const scope = openTenant(platform, seller.id, guest, { ...input, now });
        const signupId = newId('signup', now);
        const mail = { id: mailIdOf(signupId), queue: 'high', kind: 'notify' } as const;
        const specs = [{ ...mail, ref: { event: 'signup.link', signupId } }] as const;
        // Of who asked nothing is kept that outlives the sign-up itself.
        const audit = auditBeside(scope, {
          log: 'identity',
          description: 'signup.requested',
          subjectType: 'signup',
          subjectId: signupId,
          after: { trade: input.trade, country: input.country },
        });
        await insertSignup(
          scope.db,
          {
            id: signupId,
            business: input.business,
            trade: input.trade,
            name: input.name,
            email,
            country: input.country,
            language: input.language,
            agreed: wanted.map(({ id }) => id),
            createdAt: now,
            expiresAt: asInstant(now + LINK_MS),
          },
          { ...audit, tenant: [...audit.tenant, ...scope.effectWrites(specs)] },
        );
        await scope.enqueue(specs);
      } catch (fault) {
        // Nobody waits for it any more; whoever gets no mail asks again.
        log('error', 'signup_not_sent', { requestId: input.requestId, fault });
      }
    },
  });
}
