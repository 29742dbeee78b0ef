/**
 * Words of time that dialects spell by rules of sound: weekdays, parts of the day, months, quarters, „nächscht" and numbers. Called by
 * dialect.ts with plain spelling (`plainSpelling`). Pure.
 */
import { dialectNumber } from './dialect-numbers.ts';

/** `null`: the spelling does not tell which dialect. */
export type Dialect = 'swiss' | 'bavarian' | null;

export interface Form {
  to: string;
  dialect: Dialect;
}

type Shape = readonly [pattern: RegExp, to: (found: readonly (string | undefined)[]) => string];

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

/** Ending of an adjective; „nächscht Wuche" has none, and the grammar wants one. */
function adjective(ending: string | undefined): string {
  if (ending === undefined || /^(?:i|ae|s)$/.test(ending)) return 'e';
  return ending === 'n' ? 'en' : ending === 'a' ? 'er' : ending;
}

const ENDING = '(e[nrms]?|n|a|i|ae|s)?';
const UEBER = '(?:u(?:e|i)?|i)[bw](?:er?|ar?)';

/** First parts of the weekdays; a t or d and the ending of a dialect follow. */
const DAYS: readonly (readonly [stem: string, to: string])[] = [
  ['m(?:aei?|e|oe|o|a)n', 'montag'],
  ['[zd](?:ie|i|ei|ea)n?s', 'dienstag'],
  ['d(?:oa?|ue?|oe)n(?:er|a|e)?s|pfin[sz]', 'donnerstag'],
  ['fr(?:ei|i|ai)', 'freitag'],
  ['s(?:au?|oa)ms', 'samstag'],
  ['s[uo]n', 'sonntag'],
];

const SHAPES: readonly Shape[] = [
  ...DAYS.map(
    ([stem, to]): Shape => [
      whole(`(?:${stem})(?:[td](?:i(?:g|k|ch)|(?<=s[td])i|o(?:g|ch))|da(?:g|ch))(s?)`),
      ([, s = '']) => to + s,
    ],
  ),
  [whole('(nikolaus|stefani?s?|feier|vater|mutter)[td]og'), ([, feast]) => `${feast}tag`],
  [whole('pfin[sz]t?ag'), () => 'donnerstag'],
  [whole('mi[tdgk]?w(?:o|uo?|ou)ch(?:e|a|ae|n|u)?'), () => 'mittwoch'],
  [whole(`(${UEBER})?m(?:oa?r|oa|oi|ua?r|ua|uo)(?:ng|gn|gen|gng)`), ([, later]) => `${later ? 'ueber' : ''}morgen`],
  [whole('n[ao](?:ch|m)?mi[td][ao](?:g|ch)(s?)'), ([, s = '']) => `nachmittag${s}`],
  [whole('[vf](?:or|ur|ua|oa|o)mi[td][ao](?:g|ch)(s?)'), ([, s = '']) => `vormittag${s}`],
  [whole('mi(?:[td]o(?:g|ch)|dag)'), () => 'mittag'],
  [
    whole(`(${UEBER})?n(?:ae|oe|e|a)(?:ch?s|gs|ks|g?x)t${ENDING}`),
    ([, later, e]) => `${later ? 'ueber' : ''}naechst${adjective(e)}`,
  ],
  [whole(`le(?:ts|z)t${ENDING}`), ([, e]) => `letzt${adjective(e)}`],
  [whole(`erst(e[nrms]?|n|a|i|ae)?`), ([, e]) => `erst${e === undefined ? '' : adjective(e)}`],
  [
    whole('(dr(?:ei|i|ue|ai))?[vf](?:(?:ie|ia|ea|i)r[td]|(?:ia|ea)[td])(?:[ea]?l|u)(stue?nd)?'),
    ([, three, hour]) => `${three ? 'drei' : ''}viertel${hour ? 'stunde' : ''}`,
  ],
  [whole('sept(?:e|ae)mb(?:e?r|ae?|ar)'), () => 'september'],
  [whole('okt[oa]b(?:e?r|ae?|ar)'), () => 'oktober'],
  [whole('nov(?:e|ae)mb(?:e?r|ae?|ar)'), () => 'november'],
  [whole('de(?:z|t[sz])(?:e|ae)mb(?:e?r|ae?|ar)'), () => 'dezember'],
];

const SWISS_SOUND =
  /[td]i[gk]s?$|w(?:u|uo)ch|n[ao]mita|lets|[nvz]aem|u$|i$|zae|^(?:drue|nue|foi)|fue[fz]|sae|[ei](?:zw|dr)|ist/;
const BAVARIAN_SOUND = /og|och[es]?$|^pfin|oa|^m(?:oi|u)|[rt]l$|ba$|oif|zwoeif|fimf|nein|sim|a(?:zw|dr)|zg$|zgst|ocht/;

/** The standard form of a word of time, or null. */
export function formByRule(plain: string): Form | null {
  for (const [pattern, to] of SHAPES) {
    const found = pattern.exec(plain);
    if (found) return { to: to(found), dialect: dialectOf(plain) };
  }
  const number = dialectNumber(plain);
  return number === null ? null : { to: number, dialect: dialectOf(plain) };
}

const dialectOf = (plain: string): Dialect =>
  BAVARIAN_SOUND.test(plain) ? 'bavarian' : SWISS_SOUND.test(plain) ? 'swiss' : null;
