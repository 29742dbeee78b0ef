/** Ages: „meine Tochter ist zwölf", „mit sechzehn", „zehn Wochen alt", „in der 32. Woche", „Ende vierzig". Called by ../not-time.ts. */
import { amountEnds, withMarks } from './amounts.ts';
import type { Claim, Finder, Sight } from './sight.ts';

const PEOPLE =
  /^(?:(?:enkel)?(?:tochter|sohn|kind)|kleine?[rn]?|grosse?[rn]?|juengste\w?|aelteste\w?|mann|frau|mutter|vater|[mp]apa|[om]?opa|oma|freund(?:in)?|patenkind|saeugling|zwerg|maus|schwester|bruder|enkel(?:in)?|nichte|neffe|baby|hund|katze|kater|welpen?|pferd|junge|maedchen|er|sie|ich|wir|i|we|s?he|(?:grand)?(?:daughter|son)|kid|child|husband|wife|(?:grand)?(?:mo|fa)ther|m[ou]m|dad|friend|sister|brother|dog|cat|puppy|kitten|horse|boy|girl|them|youngest|oldest|ihnen)$/;
const PLURAL =
  /^(?:kinder|soehne|toechter|jungs|enkel|hunde|katzen|kids|children|sons|daughters|boys|girls|dogs|cats|zwillinge|twins)$/;
/** „das Baby von sechs Wochen", "a puppy of nine weeks" */
const OF_AGE = /^(?:von|mit|of|with)$/;
const COPULA = /^(?:ist|sind|are|bin|wird|werde|werden|war|wurde|wurden|is|am|im|was|were|turns|turned|turning)$/;
/** „he's four" without its apostrophe */
const PERSON_IS = /^(?:im|shes|hes|theyre)$/;
const BECOMES = /^(?:wird|werden|turns?|turning|becomes)$/;
/** What `ageAt` begins with besides numbers. */
export const AGE_WORDS: readonly RegExp[] = [BECOMES];
const BARELY =
  /^(?:erst|schon|fast|gerade|jetzt|nun|bald|knapp|circa|ca|ungefaehr|etwa|ueber|now|already|only|almost|just|about|nearly|over|noch|auch|mal|mitte|ende|anfang|grad)$/;
const OLD = /^(?:alt|old|jung|young|pregnant|schwanger)$/;
const WITH = /^(?:mit|with|unter|under)$/;
const FOR = /^(?:fuer|fur|for)$/;
/** Words between a person and the number. */
const MAX_LINK_WORDS = 4;
const OLDEST = 110;

/** Ages, and numbers that may be one. */
export const ageAt: Finder = (s, i) =>
  weekOfPregnancy(s, i) ?? agesInARow(s, i) ?? comingAge(s, i) ?? yearsOld(s, i) ?? bareAge(s, i);

/** „vier, sechs und neun Jahre alt": what they are is said once, behind the last. */
function agesInARow(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || s.isMarked(i)) return null;
  let last = i;
  while (s.isCardinal(last + 1) || (s.is(last + 1, 'and', 'or') && s.isCardinal(last + 2)))
    last += s.isCardinal(last + 1) ? 1 : 2;
  if (last === i || s.value(last) > OLDEST) return null;
  // „für meine Mädels, sechs und neun, am Samstag"
  const children =
    /^(?:girls|boys|kids|lads|lasses|teenagers|grandsons|granddaughters|nieces|children|daughters|sons|twins|kinder|kinderchen|jungs|jungen|maedels|maedchen|toechter|soehne|buben|zwillinge|enkel|enkelkinder|grandchildren|nephews)$/;
  if (s.isParted(i) && s.isParted(last + 1) && children.test(s.word(i - 1)))
    return { from: i, to: last, subject: 'age' };
  const unit = s.isUnit(last + 1, /^(?:year|month)$/) ? last + 2 : last + 1;
  if (OLD.test(s.word(unit)) && !s.isParted(unit)) return { from: i, to: unit, subject: 'age' };
  // „Buben, acht und zehn Jahre"
  const years = s.isUnit(last + 1, /^year$/) && !s.isParted(last + 1) && s.is(last - 1, 'and');
  return years && !s.is(last + 2, 'step', 'before', 'after') ? { from: i, to: last + 1, subject: 'age' } : null;
}

/** „mein Kleiner wird im März drei", "she turns six in May": the month is that of a birthday. */
function comingAge(s: Sight, i: number): Claim | null {
  if (!BECOMES.test(s.word(i)) || ![1, 2, 3].some((back) => PEOPLE.test(s.word(i - back)))) return null;
  let at = i + 1;
  let month = false;
  while (s.is(at, 'article', 'in', 'filler', 'month', 'season', 'which') || s.isOrdinal(at)) {
    if (s.isParted(at)) return null;
    month ||= s.is(at, 'month', 'season');
    at++;
  }
  if (!s.isCardinal(at) || s.isParted(at) || s.value(at) > OLDEST) return null;
  if (at === i + 1) {
    const behind = s.is(at + 1, 'in', 'article') ? at + 2 : at + 1;
    return s.is(behind, 'month', 'season') && !s.isParted(at + 1) ? { from: i, to: behind, subject: 'age' } : null;
  }
  return s.isTimed(at) || !month ? null : { from: i, to: at, subject: 'age' };
}

/** 35 Jahre (alt), zehn Wochen alt, up to twelve years */
function yearsOld(s: Sight, i: number): Claim | null {
  for (const unit of amountEnds(s, i)) {
    if (!s.is(unit, 'unit') || s.isParted(unit)) continue;
    const from = withMarks(s, i);
    // „ein Baby von sechs Wochen"
    if (OF_AGE.test(s.word(i - 1)) && !s.isParted(i - 1) && (PEOPLE.test(s.word(i - 2)) || PLURAL.test(s.word(i - 2))))
      if (s.isUnit(unit, /^(?:week|month|year|day)$/)) return { from: i - 1, to: unit, subject: 'age' };
    // „das Baby ist zwei Monate"
    if (isAge(s, i) && s.isParted(unit + 1)) return { from, to: unit, subject: 'age' };
    // „in two weeks, pregnant": a delay.
    if (OLD.test(s.word(unit + 1)) && !s.is(i - 1, 'in', 'within')) return { from, to: unit + 1, subject: 'age' };
    if (!s.isUnit(unit, /^year$/)) continue;
    // „in drei Jahren", „vor zwei Jahren", "two years ago"
    if (
      s.is(from - 1, 'in', 'before', 'after', 'within', 'past', 'which') ||
      s.is(unit + 1, 'step') ||
      /^(?:ago|her|spaeter)$/.test(s.word(unit + 1))
    )
      return null;
    for (let at = from; at < i; at++) if (s.is(at, 'in', 'before', 'after', 'within')) return null;
    return /^(?:seit|since|fuer|for)$/.test(s.word(from - 1)) ? null : { from, to: unit, subject: 'age' };
  }
  return null;
}

/** „ich bin in der 32. Woche", "she is in her eighth month"; „in der 32. Woche" alone may be a week of the year. */
function weekOfPregnancy(s: Sight, i: number): Claim | null {
  if (!s.isOrdinal(i) || !s.isUnit(i + 1, /^(?:week|month|minute)$/)) return null;
  const minute = s.isUnit(i + 1, /^minute$/);
  const mine = /^(?:my|her)$/.test(s.word(i - 1)) && s.word(i - 2) === 'in';
  const person =
    (s.has(i - 5, i - 1, PERSON_IS) && (mine || !s.has(i - 5, i - 1, /^im$/))) ||
    s.has(i - 5, i - 1, /^bin$/) ||
    (s.has(i - 5, i - 1, COPULA) && s.has(i - 6, i - 1, PEOPLE));
  // „die ist doch im siebten Monat"
  const month =
    s.isUnit(i + 1, /^month$/) && s.has(i - 5, i - 2, /^(?:die|sie|she|ich|i)$/) && s.has(i - 5, i - 1, COPULA);
  const expecting =
    month ||
    s.has(0, s.all.length, /^(?:schwanger\w*|pregnan\w*|ssw|mutterschutz|hebamme|midwife|ultraschall|entbindung\w*)$/);
  if (!minute && !person && !expecting) return null;
  const from = s.word(i - 1) === 'im' ? i - 1 : i;
  return { from, to: OLD.test(s.word(i + 2)) ? i + 2 : i + 1, subject: 'age' };
}

function bareAge(s: Sight, i: number): Claim | 'unsure' | null {
  if (!s.isCardinal(i) || s.value(i) > OLDEST) return null;
  // „Mitte fünfzig", „Ende 40"
  if (s.is(i - 1, 'stage') && s.value(i) >= 20 && s.value(i) % 10 === 0 && !s.isTimed(i))
    return { from: i - 1, to: i, subject: 'age' };
  // „ein Junge von neun", „Kinder bis sechs"
  const ofAge = /^(?:von|of)$/.test(s.word(i - 1)) && PEOPLE.test(s.word(i - 2));
  const upTo = s.is(i - 1, 'until', 'from') && PLURAL.test(s.word(i - 2));
  if ((ofAge || upTo) && !s.isTimed(i) && !s.isParted(i) && !s.isParted(i - 1))
    return { from: i - 1, to: i, subject: 'age' };
  if (s.isTimed(i) || (s.isMarked(i) && !BARELY.test(s.word(i - 1)) && s.word(i - 1) !== 'im')) return null;
  if (isAge(s, i)) return withOthers(s, i);
  // „darf man mit sechzehn", „Kinder unter zwölf"
  if (WITH.test(s.word(i - 1)) && !s.isParted(i) && !s.is(i + 1, 'person', 'unknown'))
    return { from: i, to: i, subject: 'age' };
  // „für zwei": an hour or the company.
  if (FOR.test(s.word(i - 1)) && /^(?:of|von)$/.test(s.word(i + 1))) return null;
  if (FOR.test(s.word(i - 1)))
    return s.is(i + 1, 'person') || s.isUnknownNoun(i + 1)
      ? null
      : s.value(i) > 24
        ? { from: i, to: i, subject: 'count' }
        : 'unsure';
  // „für meine Tochter, zehn, am Mittwoch"
  const aside = !s.isParted(i) || (s.isParted(i + 1) && i + 1 < s.all.length);
  return aside && PEOPLE.test(s.word(i - 1)) && !/^(?:ich|wir|er|sie|i|we|he|she)$/.test(s.word(i - 1))
    ? 'unsure'
    : null;
}

/** „meine Kinder sind vier und sechs" */
function withOthers(s: Sight, i: number): Claim {
  // "eighty four"
  const tens = s.value(i) >= 20 && s.value(i) % 10 === 0 && s.isCardinal(i + 1) && !s.isParted(i + 1);
  if (tens && s.value(i + 1) < 10 && !s.isTimed(i + 1)) return { from: i, to: i + 1, subject: 'age' };
  // "nine and a half"
  if (s.is(i + 1, 'and') && s.is(i + 2, 'one') && s.is(i + 3, 'english-half'))
    return { from: i, to: i + 3, subject: 'age' };
  const more = s.is(i + 1, 'and', 'or') && s.isCardinal(i + 2) && !s.isTimed(i + 2) && s.value(i + 2) <= OLDEST;
  // "I am three" behind an hour is no four a.m.
  return {
    from: s.is(i - 1, 'past', 'approx', 'shortly') || s.word(i - 1) === 'am' ? i - 1 : i,
    to: more ? i + 2 : i,
    subject: 'age',
  };
}

/** meine Tochter ist (erst) zwölf */
function isAge(s: Sight, i: number): boolean {
  let copula = i - 1;
  while (copula > i - MAX_LINK_WORDS && BARELY.test(s.word(copula))) copula--;
  if (PERSON_IS.test(s.word(copula)) || s.word(copula) === 'bin') return true;
  // „kann ich am 24."
  if (!COPULA.test(s.word(copula)) || (s.word(copula) === 'am' && s.word(copula - 1) !== 'i')) return false;
  // „für meinen Buben, der ist neun"
  const last = s.isParted(i + 1) || s.is(i + 1, 'and', 'but');
  if (last && /^(?:ist|is|wird)$/.test(s.word(copula)) && /^(?:der|die)$/.test(s.word(copula - 1)) && copula > 1)
    return !/^(?:termin|stunde|zug|bus)$/.test(s.word(copula - 2));
  return [1, 2, 3].some((back) => PEOPLE.test(s.word(copula - back)) || PLURAL.test(s.word(copula - back)));
}
