/** Retell's API as we use it: one get-call when a flat function body names a call we have not seen, and to heal calls whose events were lost. */
import { err, ok } from '../../shared/result.ts';
import { parseRetellCall, type RetellCall } from './retell-events.ts';
import { callVendor, readAnswer, type VendorOptions, type VendorResult } from './vendor-call.ts';

/** A caller hears silence meanwhile. */
const GET_CALL_TIMEOUT_MS = 1_500;

export interface RetellConfig extends VendorOptions {
  readonly apiKey: string;
}

/** The call as Retell has it; status fault 404 when unknown there. Never waits longer than 1.5 s, whatever the configuration says. */
export async function getCall(config: RetellConfig, callId: string): Promise<VendorResult<RetellCall>> {
  if (callId === '' || callId.length > 300)
    return err({ kind: 'status', status: 404, retryable: false, ambiguous: false });
  const answer = await callVendor(
    { ...config, timeoutMs: Math.min(config.timeoutMs ?? GET_CALL_TIMEOUT_MS, GET_CALL_TIMEOUT_MS) },
    {
      method: 'GET',
      path: `/v2/get-call/${encodeURIComponent(callId)}`,
      headers: { authorization: `Bearer ${config.apiKey}`, accept: 'application/json' },
      acts: false,
    },
  );
  if (!answer.ok) return answer;
  return readAnswer(
    answer.value,
    (body) => {
      const call = parseRetellCall(body);
      return call.ok ? { success: true, data: call.value } : { success: false };
    },
    false,
  );
}

/** Deletes a call with all that Retell keeps of it. Status fault 404 when it is gone (or was never there). */
export async function deleteCall(config: RetellConfig, callId: string): Promise<VendorResult<null>> {
  if (callId === '' || callId.length > 300)
    return err({ kind: 'status', status: 404, retryable: false, ambiguous: false });
  const answer = await callVendor(config, {
    method: 'DELETE',
    path: `/v2/delete-call/${encodeURIComponent(callId)}`,
    headers: { authorization: `Bearer ${config.apiKey}`, accept: 'application/json' },
    acts: true,
  });
  return answer.ok ? ok(null) : answer;
}
