/**
 * Sentences that ask for no day and no hour: a question about the shop („habt ihr auch andere Farben"), something that was left behind
 * yesterday, thanks. A word in them that may limit or compare a time is then no reason to ask. Called by request.ts.
 */
import { isContent } from '../grammar/items.ts';
import type { ReadPhrase } from '../grammar/read-items.ts';
import type { DayTerm, Item } from '../grammar/terms.ts';
import { MOVING } from '../words/cues.ts';
import { soundsLikeTime } from '../words/misheard.ts';
import type { Token } from '../words/token.ts';

/** In a shorter answer each word may be the day or the hour. */
const FEWEST_WORDS = 5;

/** Words of appointments, of wanting to come, and of comparing times: with one of them a time may be meant. */
const OF_TIME =
  /^(?:§(?:earliest|any|same|danach|davor|spaeter|frueher|work|undecided|ask-first|not-|latest|after-work).*|(?:frei|termin|tag|zeit|uhr|luecke|slot|appointment|day|time|pass(?:t|en|end)|gingen?|gings?|klapp|komm|kaem|vorbei|dran|reservier|buch|book|vereinbar|absag|cancel|suit|such|moeglichst|schnell|oeffnung)[a-z]*|wann|when|geht|gehts|works?|available|openings?|come|coming|fit|squeeze|earlier|later|frueher\w*|spaeter\w*|spaet|eher|sooner|soon|bald|danach|davor|dazwischen|vorher|nachher|hinterher|anschliessend|afterwards|folgende[nrs]?|following|tagsueber|waehrend|during|seit|since|ago|her|naechstens|vorziehen|offen)$/;
/** Words that only compare or limit things here. */
const COMPARING: readonly Token['category'][] = ['significant', 'before', 'after', 'past', 'from', 'until', 'stage'];
/** Something was left behind, paid for or is thanked for: nobody tells so to get an appointment. */
const TOLD_OF_PAST =
  /^(?:vergessen|verloren|liegen|liegenlassen|liegengelassen|stehenlassen|gelassen|gefunden|left|lost|forgot|forgotten|find|found|behind|bedanken|thank|beschweren|beschwerde|reklamieren|complain|complaint)$/;

/** True where nothing is asked for that a calendar could answer. */
export function isOffTopic({ items, tokens, skipped }: ReadPhrase, all: readonly Token[]): boolean {
  if (all.length < FEWEST_WORDS || items.length === 0) return false;
  const elsewhere = new Set(
    skipped.filter(({ why }) => why !== 'filler' && why !== 'unknown-word').map(({ token }) => token.at),
  );
  if (all.some(({ text, at }) => !elsewhere.has(at) && (OF_TIME.test(text) || MOVING.test(text)))) return false;
  if (items.some(isContent)) return tellsOfPast(items, all);
  return items.every((item) => item.type === 'op' || isWeak(item, tokens, all));
}

/** „ich hab gestern meinen Schirm bei euch vergessen": the only day is over. */
function tellsOfPast(items: readonly Item[], all: readonly Token[]): boolean {
  const days = items.flatMap((item) => (item.type === 'day' ? [item.term] : []));
  return (
    days.length > 0 &&
    days.every(isOver) &&
    !items.some(({ type }) => type === 'special') &&
    all.some(({ text }) => TOLD_OF_PAST.test(text))
  );
}

const isOver = (term: DayTerm): boolean => term.d === 'past' || (term.d === 'offset' && term.days < 0);

/** A doubt about a word that is of time only beside a day or an hour, and none is there. */
function isWeak(item: Item, tokens: readonly Token[], all: readonly Token[]): boolean {
  if (item.type !== 'doubt' || item.doubt !== 'unread') return false;
  return tokens.slice(item.i, item.j).every((token) => {
    if (COMPARING.includes(token.category) || (token.category === 'which' && token.value === 'last')) return true;
    if (token.category === 'article' || token.category === 'filler') return true;
    if (token.category !== 'unknown' || item.i === item.j) return false;
    // „um fünve", „am Zinstag": a word in the place of an hour or a day.
    const before = token.afterComma ? undefined : all[token.at - 1];
    if (before === undefined) return true;
    if (['at', 'half', 'quarter', 'three-quarter', 'approx', 'exact', 'which'].includes(before.category)) return false;
    return !/^(?:am|an|on|bis|ab|until|from)$/.test(before.text) || soundsLikeTime(token.text) === null;
  });
}
