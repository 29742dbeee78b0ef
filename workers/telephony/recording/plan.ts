/** Pure: what becomes of the recording of a call that is over. A doubt counts against it. Read by settle-recording.ts and copy-recording.ts. */
import { refusedRecording, wasAnnounced } from '../../../shared/recording-sentence.ts';
import type { RecordingReason } from '../../../shared/recording-sets.ts';
import type { TranscriptTurn } from '../call-lifecycle.ts';

interface CallFactsForPlan {
  /** the agent may record: an owner has accepted it, and it is no practice */
  mayRecord: boolean;
  /** the function was told of a no */
  noRecording: boolean;
  turns: readonly TranscriptTurn[];
  /** days that recordings are kept */
  days: number;
  /** Retell says where it has one */
  hasAddress: boolean;
}

export type Plan = { do: 'nothing' } | { do: 'copy' } | { do: 'delete'; reason: RecordingReason };

/** `delete`: at Retell, after the call; nothing was or will be copied. */
export function planOf({ mayRecord, noRecording, turns, days, hasAddress }: CallFactsForPlan): Plan {
  if (!mayRecord) return hasAddress ? { do: 'delete', reason: 'off' } : { do: 'nothing' };
  if (noRecording || refusedRecording(turns)) return { do: 'delete', reason: 'refused' };
  // Nobody can say what was announced and answered; without either nobody spoke.
  if (turns.length === 0) return hasAddress ? { do: 'delete', reason: 'no_transcript' } : { do: 'nothing' };
  if (!wasAnnounced(turns)) return { do: 'delete', reason: 'not_announced' };
  if (days === 0) return { do: 'delete', reason: 'no_days' };
  return hasAddress ? { do: 'copy' } : { do: 'nothing' };
}

/** Whether an address is one of those that Retell documents: https (or the sandbox), no user, no way out of the folder. @param bases with a comma between them */
export function isRecordingAddress(address: string, bases: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  return bases
    .split(',')
    .map((base) => base.trim())
    .filter((base) => base !== '' && URL.canParse(base))
    .some((text) => {
      const base = new URL(text);
      const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
      return url.protocol === base.protocol && url.host === base.host && url.pathname.startsWith(folder);
    });
}
