/** Joins numbers that a speech recogniser writes as several words: „ein und zwanzig", "twenty first". Called by the tokeniser. */
import { isTens } from './numbers.ts';
import type { Token } from './token.ts';

interface Joined {
  token: Token;
  /** Tokens that became one. */
  length: number;
}

/** The tokens with every split number as one, and `at` counted anew. */
export function joinSplitNumbers(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) continue;
    const joined = germanNumber(tokens, i, out[out.length - 1]) ?? englishNumber(tokens, i);
    out.push(joined?.token ?? token);
    if (joined) i += joined.length - 1;
  }
  return out.map((token, at) => ({ ...token, at }));
}

/** „ein und zwanzig"; „zwischen zwei und zwanzig Uhr" is no 22. */
function germanNumber(tokens: readonly Token[], i: number, before: Token | undefined): Joined | null {
  const [token, second, third] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (!token || second?.text !== 'und' || third?.category !== 'number' || third.digits) return null;
  if (!isTens(Number(third.value)) || token.ordinal || before?.category === 'between') return null;
  if (unitOf(token) <= 0 || !/^(?:zw|dr|vi|fu|se|si|ac|ne|ei)/.test(token.text)) return null;
  return {
    token: {
      ...token,
      category: 'number',
      value: Number(third.value) + unitOf(token),
      ordinal: third.ordinal ?? false,
      text: `${token.text}und${third.text}`,
    },
    length: 3,
  };
}

const ENGLISH_TENS = /^(?:twenty|thirty|forty|fifty)$/;
const ENGLISH_UNITS =
  /^(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/;

function englishNumber(tokens: readonly Token[], i: number): Joined | null {
  const [token, second] = [tokens[i], tokens[i + 1]];
  if (token?.category !== 'number' || !ENGLISH_TENS.test(token.text)) return null;
  if (second?.category !== 'number' || second.digits || !ENGLISH_UNITS.test(second.text)) return null;
  if (!(Number(second.value) >= 1 && Number(second.value) <= 9)) return null;
  return {
    token: {
      ...token,
      value: Number(token.value) + Number(second.value),
      ordinal: second.ordinal ?? false,
      text: `${token.text}${second.text}`,
    },
    length: 2,
  };
}

/** 1 to 9 for a unit in words, 0 for anything else. */
function unitOf(token: Token): number {
  if (token.category === 'one') return token.text === 'ein' ? 1 : 0;
  if (token.category !== 'number' || token.digits) return 0;
  const value = Number(token.value);
  return value >= 1 && value <= 9 ? value : 0;
}
