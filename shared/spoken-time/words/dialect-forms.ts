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
  if (ending === undefined || /^(?:i|ae|s|u)$/.test(ending)) return 'e';
  return ending === 'n' ? 'en' : ending === 'a' ? 'er' : ending;
}

const ENDING = '(e[nrms]?|n|a|i|ae|s|u)?';
const UEBER = '(?:u(?:e|i)?|i)[bw](?:er?|ar?)';

/** First parts of the weekdays; a t or d and the ending of a dialect follow. */
const DAYS: readonly (readonly [stem: string, to: string])[] = [
  ['m(?:aei?|e|oe|o|a|au|ou|ue)n', 'montag'],
  ['aft?er?m(?:ae|e|oe|o)n?', 'dienstag'],
  ['[zd](?:ie|i|ei|ea|ia|ai)n?s', 'dienstag'],
  ['d(?:oa?|ue?|oe|au)n(?:er|a|e)?s|pfin[sz]', 'donnerstag'],
  ['fr(?:ei|i|ie|ai|oi|ae)', 'freitag'],
  ['s(?:au?|oa?|ae)ms', 'samstag'],
  ['s(?:u|o|ue|au)n', 'sonntag'],
];

const SHAPES: readonly Shape[] = [
  ...DAYS.map(
    ([stem, to]): Shape => [
      whole(`(?:${stem})(?:[td](?:i(?:g|k|ch)|(?<=s[td])i|o(?:g|ch)|a(?:g|ch)))(s?)`),
      ([, s = '']) => to + s,
    ],
  ),
  [whole('(nikolaus|stefani?s?|feier|vater|mutter)[td](?:og|i(?:g|ch)|och)'), ([, feast]) => `${feast}tag`],
  [whole('pfin[sz]t?ag'), () => 'donnerstag'],
  [whole('m[ie][tdgk]?w(?:o|uo?|ou|oa)(?:ch(?:e|a|ae|n|u)?|(?<=[tdgk]wo))|mig[dt]?a|mik[dt]a'), () => 'mittwoch'],
  [
    whole(`(${UEBER})?m(?:o[ae]?i?r|oa|oi|ua?r|ua|uo|aor|oe)(?:ng|gn|gen|gng|g[au])`),
    ([, later]) => `${later ? 'ueber' : ''}morgen`,
  ],
  [whole('n(?:[ao]|oa)(?:ch|m|h|c)?mi[td](?:[ao](?:g|ch)|i(?:g|ch))(s?)'), ([, s = '']) => `nachmittag${s}`],
  [whole('[vf](?:or|ur|ua|oa|o|uer|a)mi[td](?:[ao](?:g|ch)|i(?:g|ch))(s?)'), ([, s = '']) => `vormittag${s}`],
  [whole('mi(?:[td]o(?:g|ch)|da(?:g|ch)|tach)'), () => 'mittag'],
  [
    whole(`(${UEBER})?n(?:aei?|oe|e|a|ea)(?:ch?s|gs|ks|g?x|hs)[td]${ENDING}`),
    ([, later, e]) => `${later ? 'ueber' : ''}naechst${adjective(e)}`,
  ],
  [whole(`l(?:e|ae|ea)(?:ts|z|zs)[td]${ENDING}`), ([, e]) => `letzt${adjective(e)}`],
  [whole(`(?:er|aer|iar|ear|eir)s[td](e[nrms]?|n|a|i|ae|u)?`), ([, e]) => `erst${e === undefined ? '' : adjective(e)}`],
  [
    whole('(dr(?:ei|i|ue|ai))?[vf](?:(?:ie|ia|ea|i|e|ei|io|iea)r[td]|(?:ia|ea|iea)[td])(?:[ea]?l|u)(stue?nd)?'),
    ([, three, hour]) => `${three ? 'drei' : ''}viertel${hour ? 'stunde' : ''}`,
  ],
  // „nach da Orwat", „nach der Ärberd"; the verb „arbeit" has no dialect sound.
  [whole('(?:oa|o|ae)r[bw](?:a|e|o|ai|ei)r?[td]|oa[bw](?:a|e|ei)[td]|ar[bw](?:a|o|ai)[td]|arbe[td]'), () => 'arbeit'],
  [whole('[vf](?:er|ar|a|r|o)s(?:ch)?(?:ie|ia|i|ea|ei|iea)(?:b(?:e|en|n|a|u|ae|m)?|m|wa?n)'), () => 'verschieben'],
  [whole('[vf](?:a|r|o)leg(?:e|n|en|a|ng)'), () => 'verlegen'],
  [whole('zw(?:ue|i|u|ui)s(?:ch)?(?:[eau]?[dt]|[eai]n?[dt]?|[eaiu]?nd?|u|m)'), () => 'zwischen'],
  [whole('fr(?:u|ue|ua|ia|i|ie|ea|ei|iea|oei)(?:h|ch|j|g)?[eia]?st[eaiu]?n?[dt]?s'), () => 'fruehestens'],
  [whole('sp(?:ae|oe|o|a|e|ea|oa|aei)[td][eiau]?st[eaiu]?n?[dt]?s'), () => 'spaetestens'],
  [whole('fr(?:ue|ua|ia|ie|ea)h?e?st([eai])?'), () => 'frueheste'],
  [whole('([a-z]{3,12})wuch(?:e|ae|a|u)?'), ([, of = '']) => `${of.replace('aemb', 'emb')}woche`],
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
