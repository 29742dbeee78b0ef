/** Pure: what a provider's analysis and the variables of a conversation say, as people read it. Called by queries/calls.ts. */

const MAX_TOPICS = 20;
const MAX_COLLECTED = 40;
const MAX_VALUE = 500;
/** Under these names a post-call analysis tells what it was about. */
const TOPICS = ['topics', 'topic', 'themen', 'thema'];
/** What our inbound webhook told the agent itself, and what has a place of its own. */
const NOT_COLLECTED = /^(topics?|themen|thema|call_summary|user_sentiment|in_voicemail|call_successful)$|_id$/;

type Analysis = Readonly<Record<string, unknown>> | null;

const isWord = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** What the call was about: a list, or a text with commas. */
export function topicsOf(analysis: Analysis): string[] {
  const found = TOPICS.flatMap((name) => {
    const value = analysis?.[name];
    return Array.isArray(value) ? value.filter(isWord) : isWord(value) ? value.split(/[,;\n]/) : [];
  });
  return [...new Set(found.map((topic) => topic.trim()).filter((topic) => topic !== ''))].slice(0, MAX_TOPICS);
}

const written = (value: unknown): string | null => {
  if (isWord(value)) return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(written).filter(isWord).join(', ') || null;
  return null;
};

/** The rest of it by name; nested values are nobody's to read. */
export const collectedOf = (analysis: Analysis): { name: string; value: string }[] =>
  Object.entries(analysis ?? {})
    .flatMap(([name, value]) => {
      const text = NOT_COLLECTED.test(name) ? null : written(value);
      return text === null ? [] : [{ name, value: text.slice(0, MAX_VALUE) }];
    })
    .slice(0, MAX_COLLECTED);
