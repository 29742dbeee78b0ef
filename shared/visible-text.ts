/**
 * What people can see of a text. Control, bidi and zero-width characters are refused in every text field of ours and dropped in what
 * vendors send; names from callers keep letters and the few signs that names have. Pure; called at every entry for texts.
 */

/** Longest name that a caller gives, characters. */
export const MAX_CALLER_NAME = 60;

/**
 * Control characters but tab and line ends, format characters (bidi marks and isolates, zero-width ones, soft hyphen, byte order mark,
 * tags), line and paragraph separators, blank fillers: none can be seen, each changes what a text means to somebody else.
 */
const HIDDEN = /(?![\t\r\n])\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|[\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/u;
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'gu');
const LINE_ENDS = /[\t\r\n]+/g;

/** True when a text holds invisible characters. Line ends and tabs are no such characters. */
export const holdsHidden = (text: string): boolean => HIDDEN.test(text);

/** True when a text is one line without hidden characters: names, subjects, labels. */
export const isPlainLine = (text: string): boolean => !HIDDEN.test(text) && !/[\t\r\n]/.test(text);

/** The text without hidden characters; line ends stay. For what vendors send. */
export const visibleText = (text: string): string => (HIDDEN.test(text) ? text.replace(ALL_HIDDEN, '') : text);

/** One line of visible text: line ends and tabs become a space. For names and labels that vendors send. */
export const visibleLine = (text: string): string => visibleText(text).replace(LINE_ENDS, ' ').trim();

/** Letters of any script with their marks, digits, spaces, and the signs that names of people and offices have. */
const NAME_SIGNS = /^[\p{L}\p{M}\p{Nd}\p{Zs}\-‐‑–'’‘´·.&()/,]+$/u;
/** What a mail program or a model takes for an address: `www.`, `//`, or a dot with small Latin letters right behind it. "Dr.Weber" and "Dr.med." are none. */
const WEB_ADDRESS = /(?<![\p{L}\p{Nd}])[wW]{3}\.|\/\/|[\p{L}\p{Nd}]\.[a-z]{2,}(?![\p{L}\p{Nd}.])/u;

/**
 * True for a name as people and offices write it: "Anna (Tochter)", "Kanzlei Weber & Partner, Büro 2". Other signs belong to markup,
 * queries and calendar files, and an address of the web in a name is bait. For names that are typed; what callers say is `callerName`.
 */
export const isPersonName = (text: string): boolean =>
  NAME_SIGNS.test(text) && /\p{L}/u.test(text) && !WEB_ADDRESS.test(text);

/**
 * A name as a caller may give it: letters, marks, space, `-'’.`, at most 60 characters; everything else is dropped.
 * Null when nothing is left, so that it is asked for again.
 */
export function callerName(text: string | null | undefined): string | null {
  const kept = (text ?? '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\-'’. \t\r\n]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/\p{L}/u.test(kept)) return null;
  // Cut between characters, never inside one with its marks.
  return [...kept].slice(0, MAX_CALLER_NAME).join('').trim();
}
