/**
 * A webhook's body as it may be stored: card numbers and IBANs that somebody said or wrote are gone, also where a number was said over
 * several turns. Pure; called by webhook-log.ts and webhook-aside.ts after the signature was checked.
 */
import { blankNumbersIn, blankSaid } from '../../shared/blank-numbers.ts';

interface Turn extends Record<string, unknown> {
  role: string;
  content: string;
}
const isTurn = (item: unknown): item is Turn =>
  typeof item === 'object' &&
  item !== null &&
  'role' in item &&
  'content' in item &&
  typeof item.role === 'string' &&
  typeof item.content === 'string';

/** `Agent: …` and `User: …`, a line each; what has no such beginning belongs to who spoke last. */
function blankTranscript(transcript: string): string {
  let role = '';
  const said = transcript.split('\n').map((line) => {
    const [, beginning = '', name = '', text = ''] = /^(\s*([A-Za-z]{1,20}):\s?)?(.*)$/s.exec(line) ?? [];
    role = name === '' ? role : name;
    return { role, text, beginning };
  });
  const blanked = blankSaid(said);
  return said.map(({ beginning }, n) => `${beginning}${blanked[n] ?? ''}`).join('\n');
}

function blankTurns(turns: readonly unknown[]): unknown[] {
  const said = turns.flatMap((turn) => (isTurn(turn) ? [{ role: turn.role, text: turn.content }] : []));
  const blanked = blankSaid(said);
  let n = 0;
  return turns.map((turn) => {
    if (!isTurn(turn)) return blankMembers(turn);
    const content = blanked[n++] ?? '';
    if (content === turn.content) return blankMembers(turn);
    // Word by word the number would still stand there.
    const { words: _words, ...rest } = turn;
    return { ...(blankMembers(rest) as object), content };
  });
}

/** Everything below a member that is no transcript. */
function blankMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return blankNumbersIn(value);
  const made: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === 'transcript' && typeof member === 'string') made[name] = blankTranscript(member);
    else if (Array.isArray(member) && member.some(isTurn)) made[name] = blankTurns(member);
    else if (typeof member === 'object' && member !== null && !Array.isArray(member)) made[name] = blankMembers(member);
    else made[name] = (blankNumbersIn({ [name]: member }) as Record<string, unknown>)[name];
  }
  return made;
}

/** The body to store; one without such numbers is kept as it came, byte for byte. What is no JSON holds no words of callers (form bodies of statuses). */
export function blankedBody(payload: string): string {
  let body: unknown;
  try {
    body = JSON.parse(payload);
  } catch {
    return payload;
  }
  const blanked = JSON.stringify(blankMembers(body));
  return blanked === JSON.stringify(body) ? payload : blanked;
}
