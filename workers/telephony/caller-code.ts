/**
 * The six-digit code that proves who calls: made from the call and a secret, so that no text of it lies in a row or queue; the object keeps
 * its hash, the message is composed when it is sent. Called by send-code and check-code.
 */
import { log } from '../log.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { isTestCall } from '../../shared/ids.ts';
import type { Line } from '../crm/customers.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { peopleOnLine } from '../storage/queries/customers.ts';
import { callerCode, numberKey } from '../tenancy/caller-keys.ts';
import { narrow } from './caller.ts';
import type { FunctionCall } from './functions/function-call.ts';

const CODE_LIFE_MS = 5 * 60_000;

/** What the object compares: bound to tenant and call. */
export const codeHash = (call: Pick<FunctionCall, 'callId' | 'scope'>, digits: string): string =>
  sha256Hex(`code\u0000${call.scope.tenantId}\u0000${call.callId}\u0000${digits}`);

/** Notes the code, and behind the answer sends it where exactly one person has the number on file. @param number of the codes of this call */
export async function sendCallerCode(
  call: FunctionCall,
  { line, number, name, now }: { line: Line; number: number; name: string | null; now: Instant },
): Promise<void> {
  const { scope, callId } = call;
  const hash = codeHash(call, await callerCode(scope, callId, number));
  const expiresAt = asInstant(now + CODE_LIFE_MS);
  await scope.calendar.conversation({
    now,
    callId,
    merge: { identity: { codeSent: { hash, customerId: null, expiresAt } } },
  });
  // A code for somebody who only tries the agent would reach whoever has that number.
  if (isTestCall(callId)) return;
  call.behind(send().catch((fault: unknown) => log('error', 'code_not_sent', { requestId: scope.requestId, fault })));

  async function send(): Promise<void> {
    const meant = narrow(await peopleOnLine(scope.db, line.e164, line.extension), name);
    if (meant.kind !== 'one') return;
    const customerId = meant.person.customer.id;
    await scope.calendar.conversation({ now, callId, merge: { identity: { codeFor: { hash, customerId } } } });
    await scope.effects([
      {
        id: `code:${callId}:${number}`,
        queue: 'high',
        kind: 'notify',
        ref: { event: 'caller.code', callId, number, customerId, line: numberKey(scope, line.e164), expiresAt },
      },
    ]);
  }
}
