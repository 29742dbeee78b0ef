/** Pure: from a Retell call as received to the facts for our call row. Called by the webhook job, healing and get-call. */
import { blankNumbers, blankNumbersIn, blankSaid } from '../../shared/blank-numbers.ts';
import type { RetellCall } from '../integrations/retell-events.ts';
import type { CallFacts, TranscriptTurn } from './call-lifecycle.ts';

/** Retell's words for a call that is over (get-call; webhooks go by the event's name). */
const OVER_STATUSES = new Set(['ended', 'error', 'not_connected']);

export type WireFacts = Omit<CallFacts, 'transcript'>;

/** Facts of one body, without where Retell has a recording, which is nobody's to know before it may be kept (recording/); `stage` says what its event proves about the call. Empty values are ignored. */
export function factsOf(call: RetellCall, stage: 'started' | 'ended' | 'analyzed' | 'asked'): WireFacts {
  const over =
    stage === 'ended' ||
    stage === 'analyzed' ||
    (stage === 'asked' && (call.endedAt !== null || (call.callStatus !== null && OVER_STATUSES.has(call.callStatus))));
  const analyzed = stage === 'analyzed' || (stage === 'asked' && over && call.summary !== null);
  const analysis = blankNumbersIn({ ...call.collectedVariables, ...call.analysis }) as Record<string, unknown>;
  const facts: { [K in keyof WireFacts]?: WireFacts[K] | null } = {
    agentId: call.agentId,
    direction: call.direction,
    fromNumber: call.fromNumber,
    toNumber: call.toNumber,
    startedAt: call.startedAt,
    // While a call is going on, what a body says of its end or length is only how far it has come.
    endedAt: over ? call.endedAt : null,
    durationMs: over ? call.durationMs : null,
    disconnectionReason: over ? call.disconnectionReason : null,
    summary: call.summary === null ? null : blankNumbers(call.summary),
    sentiment: call.sentiment,
    successful: call.successful,
    analysis: Object.keys(analysis).length === 0 ? null : analysis,
    costUsdMicros: over ? call.costUsdMicros : null,
    costParts:
      over && call.costParts.length > 0
        ? call.costParts.map(({ product, costUsdMicros }) => ({ product, costUsdMicros }))
        : null,
    language: call.dynamicVariables['language'] ?? null,
    over: over ? true : null,
    analyzed: analyzed ? true : null,
  };
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null && value !== undefined),
  ) as WireFacts;
}

/** Who said what, without card numbers and IBANs; tool calls are left out. Falls back to the plain transcript where there are no turns. */
export function turnsOf(call: RetellCall): TranscriptTurn[] {
  const turns = saidTurns(call);
  const blanked = blankSaid(turns);
  return turns.map((turn, n) => ({ ...turn, text: blanked[n] ?? '' }));
}

function saidTurns(call: RetellCall): TranscriptTurn[] {
  const turns = call.turns.flatMap((turn): TranscriptTurn[] => {
    const role = turn.role === 'agent' ? 'agent' : turn.role === 'user' ? 'caller' : null;
    return role === null || turn.content.trim() === '' ? [] : [{ role, text: turn.content, at: turn.at }];
  });
  if (turns.length > 0 || call.transcript === null) return turns;
  return call.transcript.split('\n').flatMap((line): TranscriptTurn[] => {
    const match = /^(Agent|User):\s*(.+)$/.exec(line.trim());
    if (!match?.[2]) return line.trim() === '' ? [] : [{ role: 'system', text: line.trim(), at: null }];
    return [{ role: match[1] === 'Agent' ? 'agent' : 'caller', text: match[2], at: null }];
  });
}
