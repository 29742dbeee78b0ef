/** Prices, sizes, weights, doses, formats and scores: numbers with a unit, a ratio or a sign, with the marks before them. Called by ../not-time.ts. */
import { amountEnds, RATIO, withMarks } from './amounts.ts';
import type { Claim, Finder, Sight } from './sight.ts';

const UNIT =
  /^(?:(?:[mzckd]\w+i|mikro|micro|nano|quadrat|kubik|square)?(?:met(?:er|re)[ns]?|gramm?e?s?|lit(?:er|re)[ns]?|watt|volt|amp(?:ere|s)?)|euro\w*|cents?|franken|rappen|dollars?|mark|pfennig|schilling|chf|pounds?|pence|quid|bucks|pro[zm]\w+|percent|grad|degrees?|[cmk]?m|[km]?g|m?l|qm|kw|ps|bar|kilos?|pfund|lbs|zoll|inch(?:es)?|f(?:oo|ee)t|miles?|meilen|yards?|tonnen?|diesel|petrol|benziner|tdi|tsi|turbo|hybrid|tropfen|drops|tabletten?|tablets?|pill\w+|kapseln?|dioptrien?|volumen|karat|carats?|kalorien|calories|kcal|joule|hertz|dezibel|decibels?|oz|ounces?|unzen?|schritte|steps|einheiten|units|seiten|pages|punkte|points|jaehrig\w*|toene|ern)$/;
const MONEY = /^(?:euros?|franken|dollars?|pounds?|met(?:er|re)s?|metern|foot|feet)$/;
/** „60 breit", „two metres high" */
const DIMENSION = /^(?:breit|hoch|tief|dick|schwer|weit|gross|lang|wide|high|deep|thick|tall|heavy|long|grad)$/;
const CONTEST =
  /^(?:won|lost|win|score|beat|gewonnen|verloren|ausgegangen|gespielt|unentschieden|ergebnis|ratio|verhaeltnis|mix)$/;
const SIGN = /^(?:minus|plus)$/;
/** Verbs and nouns that what measures stands with. */
const MEASURING =
  /^(?:wiegt|wiege|weighs?|misst|kostet|gekostet|costs?|zahle|zahlen|gezahlt|bezahlt|paid|pay|rechnung|invoice|bill|betrag|preis|price|charged?|charges|berechnet|verlangt|verlangen)$/;
const PER = /^(?:pro|per|je|die|the|every|am|a)$/;
/** „das Stück", „each": what a price is for. */
const EACH = /^(?:stueck|each|apiece|person|nase|kopf|head)$/;
const MORE = /^(?:mehr|weniger|more|less|fewer)$/;
/** Ratios of a contest or a colour. */
const MIXED = /^(?:gemischt|mixed|farbe|ton|nuance|die)$/;

/** 50 Euro, zwischen 90 und 120 Euro, einen halben Zoll, 84 Euro 50, zehn Tropfen am Tag */
export const measureAt: Finder = (s, i) => {
  for (const unit of amountEnds(s, i)) {
    if (s.isParted(unit)) continue;
    const dimension = DIMENSION.test(s.word(unit)) && s.isNumber(i);
    // „um zehn grad noch" in dialect
    if (s.word(unit) === 'grad' && s.is(i - 1, 'at') && s.value(i) <= 24) continue;
    // "at three drops …": doses and rare units are not announced by the mark of an hour.
    if (DOSE.test(s.word(unit)) && (s.isOfClock(i) || s.isMarked(i))) continue;
    const unclear = AMBIGUOUS.test(s.word(unit)) || s.word(unit).length === 1;
    if (
      (unclear && s.isMinuteOfClock(i)) ||
      (SINGULAR.test(s.word(unit)) && s.value(i) > 1 && (s.isOfClock(i) || s.is(i - 1, 'at'))) ||
      (dimension && !UNIT.test(s.word(unit)) && (s.isMarked(i) || s.isOfClock(i)))
    )
      continue;
    if (UNIT.test(s.word(unit)) || dimension)
      return { from: withOwner(s, withMarks(s, i)), to: tailOf(s, unit), subject: 'measure' };
  }
  return (
    fever(s, i) ??
    hourly(s, i) ??
    unitBehind(s, i) ??
    ratio(s, i) ??
    signed(s, i) ??
    impossible(s, i) ??
    measuredByVerb(s, i) ??
    height(s, i) ??
    price(s, i) ??
    placed(s, i) ??
    doses(s, i) ??
    changedTo(s, i)
  );
};

/** „the fifty and the eighty pound one", „drei statt sechs Millimeter": the unit is said with the second amount. */
function unitBehind(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || s.isTimed(i) || s.isMarked(i) || s.isOfClock(i) || s.isBesideDay(i) || s.isParted(i + 1))
    return null;
  if (!s.is(i + 1, 'and', 'or', 'instead') && !/^(?:auf|statt)$/.test(s.word(i + 1))) return null;
  const second = s.is(i + 2, 'article', 'of-from') || /^(?:auf|of|nur)$/.test(s.word(i + 2)) ? i + 3 : i + 2;
  if (!s.isCardinal(second) || s.isParted(second)) return null;
  return UNIT.test(s.word(second + 1)) && !s.isParted(second + 1)
    ? { from: i, to: tailOf(s, second + 1), subject: 'measure' }
    : null;
}

/** „achtunddreißig fünf Fieber" */
function fever(s: Sight, i: number): Claim | null {
  const degrees = s.isCardinal(i) && s.value(i) >= 35 && s.value(i) <= 42 && !s.isMarked(i);
  if (!degrees || !s.has(0, s.all.length, /^(?:fieber|temperatur|fever|temperature)$/)) return null;
  const to = s.isCardinal(i + 1) && !s.isParted(i + 1) ? i + 1 : i;
  return { from: i, to: /^fieber$/.test(s.word(to + 1)) ? to + 1 : to, subject: 'measure' };
}

/** „zwölf fünfzig die Stunde", "twelve fifty an hour" */
function hourly(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || !s.isCardinal(i + 1) || s.isParted(i + 1) || s.isMarked(i)) return null;
  const per = /^(?:die|pro|je|per|an|the|a)$/.test(s.word(i + 2)) && s.isUnit(i + 3, /^(?:hour|month|day|week)$/);
  return per && !s.isParted(i + 2) ? { from: i, to: i + 3, subject: 'measure' } : null;
}

/** „das für neun neunundneunzig", "it was twelve ninety": so many minutes has no hour. */
function price(s: Sight, i: number): Claim | null {
  const cents = s.value(i + 1);
  if (!s.isCardinal(i) || !s.isCardinal(i + 1) || s.isParted(i + 1) || !(cents > LARGEST_MINUTE && cents < 100))
    return null;
  return s.isTimed(i + 1) || s.isNumber(i - 1) || s.isNumber(i + 2) || s.value(i) > LARGEST_PRICE
    ? null
    : { from: withMarks(s, i), to: i + 1, subject: 'measure' };
}
/** Euros that are said without their name. */
const LARGEST_PRICE = 999;

/** „ich bin eins zweiundsechzig", „eins achtzig groß", "one seventy tall": metres and centimetres. */
function height(s: Sight, i: number): Claim | null {
  if (!/^(?:eins|ein|zwei|einen|one|two)$/.test(s.word(i)) || s.isParted(i + 1) || s.is(i - 1, 'at', 'exact'))
    return null;
  if (!s.isCardinal(i + 1) || s.value(i + 1) < 20 || s.value(i + 1) > 99 || s.isTimed(i + 1)) return null;
  const tall = DIMENSION.test(s.word(i + 2)) && !s.isParted(i + 2);
  const body =
    /^(?:bin|ist|im|hes|shes|i|messe|misst)$/.test(s.word(i - 1)) && !s.isMarked(i) && s.value(i + 1) > LARGEST_MINUTE;
  return tall || body ? { from: i, to: tall ? i + 2 : i + 1, subject: 'measure' } : null;
}
const LARGEST_MINUTE = 59;

/** „hinten fünf", „an den Seiten drei": millimetres or centimetres beside others that are named. */
function placed(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || s.isTimed(i) || s.isParted(i) || !PLACE.test(s.word(i - 1))) return null;
  const measured = s.all.some(
    ({ at, text }) => (s.dropped.get(at) === 'measure' && s.is(at, 'number')) || CUTTING.test(text),
  );
  return measured ? { from: i - 1, to: i, subject: 'measure' } : null;
}
const PLACE = /^(?:hinten|vorne?|oben|unten|seitlich|seiten|nacken|deckhaar|pony|links|rechts|front|back|sides?|top)$/;
const CUTTING = /^(?:millimeter|zentimeter|mm|cm|maschine|trimmen|clippers?|grade)$/;

/** „eine morgens, eine abends", „morgens, mittags und abends": when a medicine is taken. */
function doses(s: Sight, i: number): Claim | null {
  if (!s.is(i, 'daypart') || !DAILY.test(s.word(i)) || s.all.filter(({ text }) => DAILY.test(text)).length < 2)
    return null;
  if (!s.has(0, s.all.length, MEDICINE) || s.has(0, s.all.length, CHOOSING) || hasOtherPart(s, i)) return null;
  const from = (s.is(i - 1, 'one') || s.isCardinal(i - 1)) && !s.isParted(i) ? i - 1 : i;
  return { from, to: i, subject: 'measure' };
}
/** Two parts of the day to choose from are no doses. */
const CHOOSING = /^(?:oder|or|passt|passen|geht|ginge|komm\w*|lieber|besser|termin|appointment|suits?)$/;
/** A day or an hour beside the part of the day: „Dienstag morgens", „abends um sechs". */
const hasOtherPart = (s: Sight, i: number): boolean =>
  (s.is(i - 1, 'weekday', 'relative', 'date', 'weekdays') && !s.isParted(i)) ||
  (s.is(i + 1, 'at', 'approx', 'from', 'until') && !s.isParted(i + 1));
const DAILY =
  /^(?:morgens|frueh|mittags|nachmittags|abends|nachts|§part-(?:frueh|morning|noon)|evenings?|mornings?|night)$/;
const MEDICINE =
  /^(?:tablette\w*|pille\w*|kapsel\w*|tropfen|salbe\w*|creme|gel|spray|spritze\w*|insulin|ibu\w*|paracetamol|novalgin|aspirin|cortison|kortison|antibiotik\w*|blutverduenner|medikament\w*|mg|milligramm|mikrogramm|dosis|dosen|einnehmen|einreiben|cremen?|eincremen|auftragen|tablets?|pills?|capsules?|drops|ointment|cream|medication|meds|medicine|dose|doses)$/;

/** „Ringgröße 54, auf 56 weiten": no day and no hour is so large, or the verb says what is done. */
function changedTo(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || s.word(i - 1) !== 'auf' || s.isParted(i) || s.isTimed(i)) return null;
  const resized =
    /^(?:weiten|engen|ausweiten|kuerzen|aufpumpen|stellen|drehen|runter|hoch|erhoehen|reduzieren|senken|vergroessern|verkleinern)$/;
  return s.value(i) > LARGEST_MINUTE || resized.test(s.word(i + 1)) ? { from: i - 1, to: i, subject: 'measure' } : null;
}

/** Units that as often mean something else. */
const AMBIGUOUS = /^(?:yards?|degrees?|foot|feet|stones?|grad)$/;
/** „at three yard sale": three of them would be yards. */
const SINGULAR = /^(?:yard|degree|stone)$/;
const DOSE =
  /^(?:mark|drops?|tablets?|pills?|tropfen|tabletten?|pillen?|kalorien|calories|kcal|joule|hertz|dezibel|decibels?|oz|ounces?|schritte|steps|einheiten|units|seiten|pages|punkte|points|diesel|petrol|benziner|turbo|hybrid)$/;

/** „Gutschein über 50 Euro": the noun that the amount is of. */
export const withOwner = (s: Sight, from: number): number =>
  s.is(from, 'past') && s.isUnknownNoun(from - 1) && !s.isParted(from) ? from - 1 : from;

/** „84 Euro 50", „zwei Meter und zehn Zentimeter", „20 Milligramm am Tag", „zwanzig Zentimeter über die Schulter". */
function tailOf(s: Sight, unit: number): number {
  let to = unit;
  if (/^(?:quadrat|square|grad|degrees?)$/.test(s.word(unit)) && UNIT.test(s.word(to + 1))) to++;
  if (MONEY.test(s.word(unit)) && isRest(s, to + 1)) to++;
  if (s.is(to + 1, 'and') && UNIT.test(s.word(to + 3))) to += 3;
  if (DIMENSION.test(s.word(to + 1)) && !s.isParted(to + 1)) to++;
  // „zwei Zentimeter ab", "three inches off"
  if (
    /^(?:ab|weg|off)$/.test(s.word(to + 1)) &&
    (s.isParted(to + 2) || s.is(to + 2, 'filler', 'and', 'unknown', 'article'))
  )
    to++;
  // "the eighty pound one"
  if (s.word(to + 1) === 'one' && !s.isParted(to + 1) && !s.isTimed(to + 1) && !s.isNumber(to + 2)) to++;
  to = withFrequency(s, to);
  // „drei Milligramm morgens"
  if (MEDICINE.test(s.word(unit)) && s.is(to + 1, 'daypart') && DAILY.test(s.word(to + 1)) && !s.isParted(to + 1)) to++;
  if (/^(?:clock|tacho)$/.test(s.word(to + 3))) to += 3;
  if (s.is(to + 1, 'or') && /^(?:mehr|weniger|more|less)$/.test(s.word(to + 2))) to += 2;
  if (EACH.test(s.word(to + 2)) && /^(?:das|pro|per|the|a)$/.test(s.word(to + 1))) to += 2;
  else if (EACH.test(s.word(to + 1))) to++;
  // „… über die Schulter", „… unter dem Knie": a place, no limit of time.
  const place = s.is(to + 1, 'past', 'before', 'after', 'until', 'from') && s.is(to + 2, 'article', 'one', 'filler');
  return place && s.isUnknownNoun(to + 3) ? to + 1 : to;
}

/** Cents behind the euros: „84 Euro 50", „vier Euro zwanzig"; „80 Euro 14 Uhr" has an hour. */
const isRest = (s: Sight, i: number): boolean =>
  s.isCardinal(i) &&
  !s.isParted(i) &&
  s.value(i) < 100 &&
  (!s.isTimed(i) || s.is(i + 1, 'until')) &&
  !s.isUnit(i + 1, /./);

/** „… am Tag", „… pro Woche", "… a day" behind what is taken or done. */
export function withFrequency(s: Sight, to: number): number {
  if (s.isParted(to + 1)) return to;
  if (/^(?:taeglich|daily)$/.test(s.word(to + 1))) return to + 1;
  const unit = s.is(to + 1, 'in') ? to + 3 : to + 2;
  const per = PER.test(s.word(to + 1)) || (s.is(to + 1, 'in') && s.word(to + 2) === 'der');
  // „zwei Termine in der Woche vom siebten"
  const goesOn = s.is(unit + 1, 'before', 'after', 'article', 'of-from', 'which') && !s.isParted(unit + 1);
  return per && !goesOn && s.isUnit(unit, /^(?:day|week|month|hour|year)$/) ? unit : to;
}

/** „zehn mal fünfzehn", „3 zu 2", „140 over 90", „7/1 mit 8/0" */
function ratio(s: Sight, i: number): Claim | null {
  if (s.is(i, 'date')) return colour(s, i);
  if (s.is(i, 'clock')) return score(s, i);
  if (!s.isCardinal(i) || (s.is(i - 1, 'at', 'oclock') && !s.isParted(i))) return null;
  // „zu acht" said of people, „bis zu fünf"
  const contest = s.is(i + 1, 'to') && s.has(0, s.all.length, CONTEST);
  // „zwei eins ausgegangen", "the score was three two"
  const [first, last] = s.part(i);
  if (
    s.isCardinal(i + 1) &&
    !s.isParted(i + 1) &&
    !s.isTimed(i + 1) &&
    !s.isNumber(i + 2) &&
    !s.isMarked(i) &&
    s.has(first, last, CONTEST)
  )
    return { from: i, to: i + 1, subject: 'measure' };
  const second = s.isCardinal(i + 2) || (s.is(i + 2, 'one-and-half', 'decimal') && s.word(i + 1) === 'zu');
  if (!(contest || RATIO.test(s.word(i + 1))) || !second || s.isTimed(i + 2)) return null;
  if (s.isParted(i + 1)) return null;
  const [end = i + 3] = amountEnds(s, i);
  return { from: withMarks(s, i), to: Math.max(end - 1, i + 2), subject: 'measure' };
}

/** A written pair with a slash that is no day: 8/0, 24/7, „die 7/1", and its like beside it. */
function colour(s: Sight, i: number): Claim | null {
  const parts = s.all[i]?.parts;
  if (!parts?.slash || parts.c !== null) return null;
  const odd = s.all.some(({ parts: p }) => p?.slash === true && p.c === null && !isDayOfMonth(p.a, p.b));
  const named = MIXED.test(s.word(i - 1)) || MIXED.test(s.word(i + 1)) || SIGN.test(s.word(i - 1));
  return odd || named || (parts.a === 24 && parts.b === 7) ? { from: i, to: i, subject: 'measure' } : null;
}

const isDayOfMonth = (a: number, b: number): boolean => a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12);

/** „3:2": an hour has its minutes in two digits. */
const score = (s: Sight, i: number): Claim | null =>
  /^\d{1,2}:\d$/.test(s.word(i)) && !s.isMarked(i) && !s.isTimed(i) ? { from: i, to: i, subject: 'measure' } : null;

/** „minus 2.75", „plus drei" */
function signed(s: Sight, i: number): Claim | null {
  if (!SIGN.test(s.word(i - 1)) || s.isParted(i)) return null;
  const [end] = amountEnds(s, i);
  return end === undefined || s.isTimed(end - 1) ? null : { from: i - 1, to: end - 1, subject: 'measure' };
}

/** „84.50", „2.75", „zwei Komma fünf": no hour and no day. */
function impossible(s: Sight, i: number): Claim | null {
  const parts = s.is(i, 'pair') ? s.all[i]?.parts : undefined;
  if (parts && !s.is(i + 1, 'oclock')) {
    const [clock, day] = [parts.a <= 24 && parts.b <= 59, isDayOfMonth(parts.a, parts.b) && parts.b <= 12];
    if (!clock && !day) return { from: withMarks(s, i), to: i, subject: 'measure' };
  }
  const [end = i] = amountEnds(s, i);
  if (s.isCardinal(i) && /^(?:komma|point)$/.test(s.word(i + 1)) && end > i + 2)
    return { from: withMarks(s, i), to: end - 1, subject: 'measure' };
  // 120,000
  return s.isCardinal(i) &&
    s.all[i]?.digits &&
    /^\d{3}$/.test(s.word(i + 1)) &&
    s.isParted(i + 1) &&
    s.all[i + 1]?.digits
    ? { from: withMarks(s, i), to: i + 1, subject: 'measure' }
    : null;
}

/** „er wiegt zwölf", „kostet das zwanzig", "it was 12.50 on the invoice" */
function measuredByVerb(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) && !s.is(i, 'pair')) return null;
  if (s.isTimed(i)) return null;
  // „mehr als drei" without what is counted
  if (/^(?:als|than)$/.test(s.word(i - 1)) && MORE.test(s.word(i - 2)))
    return { from: withMarks(s, i), to: i, subject: 'measure' };
  if (s.isMarked(i) || s.isBesideDay(i)) return null;
  const [first, last] = s.part(i);
  if (!s.has(first, last, MEASURING) || s.hasTime(first, i - 1) || s.hasTime(i + 1, last)) return null;
  return { from: i, to: i, subject: 'measure' };
}
