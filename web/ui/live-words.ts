/** What the live light says. Called by the shells of both web apps. */
import { time, timeWithSeconds } from './format.ts';
import type { LiveStream } from './use-live-stream.ts';
import type { StreamState } from './sse.ts';
import type { Language } from '../../shared/i18n/language.ts';

type Words = (key: `live.${StreamState}` | 'live.seen', values: { time: string }) => string;

/** The state in words, and when something was last heard. @param zone of the tenant, whose clock its people read */
export function liveWords(
  t: Words,
  { state, lastSeenAt }: LiveStream,
  zone: string,
  language: Language,
): { label: string; detail?: string } {
  if (lastSeenAt === null)
    return { label: t(state === 'polling' ? 'live.disconnected' : `live.${state}`, { time: '' }) };
  const label = t(`live.${state}`, { time: time(lastSeenAt, zone, language) });
  return { label, detail: t('live.seen', { time: timeWithSeconds(lastSeenAt, zone, language) }) };
}
