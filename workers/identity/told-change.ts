/** A change of what guards an account: its audit row, and the mail that tells its person. Called by the commands that make one. */
import { newId } from '../../shared/ids.ts';
import type { AccountChange } from '../events/effects.ts';
import type { Beside } from '../storage/control-plane.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { type AuditEntry, auditBeside } from './audit.ts';

/** What is written beside the change, and what tells its person once that is stored. @param userId whose account it is */
export function toldChange(
  scope: TenantScope,
  userId: string,
  event: AccountChange,
  entry: Pick<AuditEntry, 'description' | 'after' | 'causer' | 'ip'>,
): { beside: Beside; tell: () => Promise<void> } {
  const mail = { id: `${newId('effect', scope.now)}:${event}`, queue: 'high', kind: 'notify' } as const;
  const specs = [{ ...mail, ref: { event, userId, at: scope.now } }] as const;
  const audit = auditBeside(scope, { log: 'identity', subjectType: 'user', subjectId: userId, ...entry });
  return {
    beside: { ...audit, tenant: [...audit.tenant, ...scope.effectWrites(specs)] },
    tell: () => scope.enqueue(specs),
  };
}
