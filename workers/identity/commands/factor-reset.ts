/** The only owner's way back, on the owner's side: confirmed by mail and password, stopped by a session or a mail, done a day later. Called through factor-commands.ts. */
import { ACCOUNT_LINK_LIFE_MS } from '../../../shared/account-links.ts';
import { asInstant, type Instant, processNow, realNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { FACTOR_RESET_WAIT_MS } from '../../../shared/ways-in.ts';
import type { Platform } from '../../env.ts';
import { endLinksOf, newLinkOf, takeLink } from '../../storage/identity/account-links.ts';
import {
  confirmFactorResetOf,
  dueFactorResets,
  endFactorReset,
  type FactorResetRow,
  openFactorReset,
} from '../../storage/identity/factor-resets.ts';
import { dropPasskeysOf } from '../../storage/identity/passkeys.ts';
import { dropFactorOf } from '../../storage/identity/second-factors.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import type { Realm } from '../../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { linkHere } from '../account-links.ts';
import { auditBeside, writeAudit } from '../audit.ts';
import { endListening } from '../listening.ts';
import { checkPasswordOf } from '../own-password.ts';
import { toldChange } from '../told-change.ts';
import { MAX_SESSIONS } from '../users.ts';

interface ByLink {
  token: string;
  realm: Realm;
  address: string;
  now: Instant;
  requestId: string;
}
const gone = () => err({ code: 'NOT_FOUND' as const, entity: 'account_link' });
/** Resets of one run; the others come with the next. */
const RESETS_A_RUN = 100;

/** The opposite log: whoever asked for it reads there how it went on. */
const tellAsker = (platform: Platform, row: FactorResetRow, description: string, now: Instant): Promise<void> =>
  writeAudit(openTenant(platform, row.askedByTenant, { kind: 'system', cause: 'cron' }, { now }), {
    log: 'identity',
    description,
    subjectType: 'tenant',
    subjectId: row.tenantId,
  });

/**
 * The owner confirms by the link of the mail **and** the password; from then on it waits a day, and a second mail carries the link that stops it.
 * Refusals: NOT_FOUND (no such link that is good here now, or withdrawn), INVALID_CREDENTIALS, RATE_LIMITED, BUSY.
 */
export async function confirmFactorReset(
  platform: Platform,
  input: ByLink & { password: string },
): Promise<Result<{ due: Instant }, DomainError | EdgeError>> {
  const at = processNow();
  const found = await linkHere(platform, input.realm, input.token, at);
  if (found === null || found.link.purpose !== 'factor_reset') return gone();
  const { link, user } = found;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, input);
  const row = await openFactorReset(scope.db, user.id);
  if (row === null || row.confirmedAt !== null) return gone();
  const checked = await checkPasswordOf(platform, scope, { userId: user.id, realm: user.realm }, input);
  if (!checked.ok) return checked;
  const due = asInstant(at + FACTOR_RESET_WAIT_MS);
  const stopId = newId('account_link', scope.now);
  const mails = [
    {
      id: `${stopId}:mail`,
      queue: 'high',
      kind: 'notify',
      ref: { event: 'account.factor_stop', userId: user.id, linkId: stopId },
    },
  ] as const;
  const audit = auditBeside(scope, {
    log: 'identity',
    description: 'second_factor.reset_confirmed',
    subjectType: 'user',
    subjectId: user.id,
    causer: `user:${user.id}`,
    ip: input.address,
  });
  const stop = { id: stopId, realm: user.realm, userId: user.id, purpose: 'factor_stop', email: null } as const;
  const isConfirmed = await takeLink(
    scope.db,
    { linkId: link.id, userId: user.id, realm: user.realm },
    [
      confirmFactorResetOf(scope.db, user.id, at, due),
      newLinkOf(scope.db, { ...stop, createdAt: at, expiresAt: asInstant(at + ACCOUNT_LINK_LIFE_MS.factor_stop) }),
    ],
    { ...audit, tenant: [...audit.tenant, ...scope.effectWrites(mails)] },
    at,
    'factor_reset',
  );
  if (!isConfirmed) return gone();
  await scope.enqueue(mails);
  await tellAsker(platform, row, 'second_factor.reset_confirmed', scope.now);
  return ok({ due });
}

/** Stops the open one of a person. False: there is none any more. */
async function stop(
  platform: Platform,
  scope: TenantScope,
  userId: string,
  causer: { causer?: string; ip: string },
): Promise<boolean> {
  const row = await openFactorReset(scope.db, userId);
  if (row === null) return false;
  const at = processNow();
  const entry = { log: 'identity', description: 'second_factor.reset_stopped', subjectType: 'user', subjectId: userId };
  const links = [endLinksOf(scope.db, userId, 'factor_reset', at), endLinksOf(scope.db, userId, 'factor_stop', at)];
  const beside = auditBeside(scope, { ...entry, ...causer });
  if (!(await endFactorReset(scope.db, userId, { by: 'stopped', at }, links, beside))) return false;
  await tellAsker(platform, row, entry.description, scope.now);
  return true;
}

/** By any session of the person. Refusals: PERMISSION_DENIED (a key asks), NOT_FOUND (there is none any more). */
export async function stopFactorReset(
  platform: Platform,
  scope: TenantScope,
  { address }: { address: string },
): Promise<Result<null>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_second_factor' });
  return (await stop(platform, scope, actor.userId, { ip: address }))
    ? ok(null)
    : err({ code: 'NOT_FOUND', entity: 'factor_reset' });
}

/** By the link of the second mail. Refusals: NOT_FOUND (no such link that is good here now). */
export async function stopFactorResetByLink(platform: Platform, input: ByLink): Promise<Result<null>> {
  const found = await linkHere(platform, input.realm, input.token, processNow());
  if (found === null || found.link.purpose !== 'factor_stop') return gone();
  const { link, user } = found;
  const guest = { kind: 'guest', tenantId: link.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, link.tenantId, guest, input);
  return (await stop(platform, scope, user.id, { causer: `user:${user.id}`, ip: input.address })) ? ok(null) : gone();
}

/**
 * What has waited its day is done: factor, recovery codes, passkeys and all sessions are gone, and a mail says so. What nobody confirmed lapses.
 * Who stops it in the same moment wins or comes too late, never both.
 */
export async function finishFactorResets(platform: Platform): Promise<Record<string, number>> {
  const now = processNow();
  const counts = { done: 0, lapsed: 0 };
  for (const row of await dueFactorResets(platform, now, RESETS_A_RUN)) {
    const { userId, realm } = row;
    const scope = openTenant(platform, row.tenantId, { kind: 'system', cause: 'cron' }, { now });
    if (row.confirmedAt === null) {
      const lapse = { by: 'lapsed', at: now, state: 'late' } as const;
      const entry = {
        log: 'identity',
        description: 'second_factor.reset_lapsed',
        subjectType: 'user',
        subjectId: userId,
      };
      if (await endFactorReset(scope.db, userId, lapse, [], auditBeside(scope, entry))) counts.lapsed += 1;
      continue;
    }
    const open = await sessionsOf(scope.db, realm, userId, realNow(), MAX_SESSIONS);
    const { beside, tell } = toldChange(scope, userId, 'account.factor_reset_done', {
      description: 'second_factor.reset_done',
      after: { reason: row.reason, asked_by: row.askedByName },
    });
    const takes = [
      ...dropFactorOf(scope.db, userId),
      dropPasskeysOf(scope.db, userId),
      endSessionsOf(scope.db, { id: userId, realm }),
      endLinksOf(scope.db, userId, null, now),
    ];
    const does = { by: 'done', at: now, state: 'due' } as const;
    if (!(await endFactorReset(scope.db, userId, does, takes, beside))) continue;
    counts.done += 1;
    await tell();
    await tellAsker(platform, row, 'second_factor.reset_done', now);
    for (const { id } of open) await endListening(scope, id);
  }
  return counts;
}
