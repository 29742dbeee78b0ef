/**
 * What no text of a request may hold: half a character, which no database can keep, and invisible characters, which say one thing
 * to a person and another to a program. Pure; called by module-routes.ts for every JSON body and query.
 */
import { holdsHidden, visibleLine } from '../../shared/visible-text.ts';

/** `half`: no JSON by RFC 7493. Else the field paths of texts and member names with hidden characters. */
export type TextFault = 'half' | { hidden: string[] };

/** As many fields as an answer names (validation.ts). */
const MAX_FIELDS = 50;
/** Longest field path repeated back; beyond it the path is cut. */
export const MAX_PATH_LENGTH = 200;
/** Escapes that may stand for what is looked for; all other escapes are quotes, slashes, line ends and tabs. */
const TELLING_ESCAPE = /\\[ubf]/;

/** Nearly all bodies cost one look; only those with escapes or hidden characters are walked. What is no JSON is left to who reads it. */
export function faultOfJson(json: string): TextFault | null {
  if (!TELLING_ESCAPE.test(json) && !holdsHidden(json)) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  return faultOfTexts(value);
}

/** Looks at every text and member name, without recursion: a body may be nested as deeply as its bytes allow. */
export function faultOfTexts(value: unknown): TextFault | null {
  const hidden: string[] = [];
  const waiting: [path: string, value: unknown][] = [['', value]];
  const look = (text: string, path: string): boolean => {
    if (holdsHidden(text) && hidden.length < MAX_FIELDS) hidden.push(path);
    return text.isWellFormed();
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, here] = next;
    if (typeof here === 'string') {
      if (!look(here, path)) return 'half';
    } else if (typeof here === 'object' && here !== null) {
      for (const [name, member] of Object.entries(here)) {
        const inner = visibleLine(path === '' ? name : `${path}.${name}`).slice(0, MAX_PATH_LENGTH);
        if (!look(name, inner)) return 'half';
        waiting.push([inner, member]);
      }
    }
  }
  return hidden.length === 0 ? null : { hidden };
}
