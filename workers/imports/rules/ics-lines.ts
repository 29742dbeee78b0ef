/** Lines of an iCalendar file (RFC 5545 § 3.1): put together again where they were folded, cut into name, parameters and value. Called by read-calendar.ts. */

/** Characters of one line put together: a list of some thousand dates. What is longer is cut and said so. */
const MAX_LINE = 100_000;
const MAX_PARAMETERS = 50;

export interface IcsLine {
  /** upper case */
  name: string;
  /** names in upper case */
  parameters: ReadonlyMap<string, string>;
  value: string;
  /** of the file, from 1 */
  line: number;
  isCut: boolean;
}

/** The text's own lines, each once it ends; files of old Macs end them with CR alone. */
function* rawLines(text: string): Generator<string> {
  const end = text.includes('\n') ? '\n' : '\r';
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf(end, at);
    const until = next < 0 ? text.length : next;
    yield text.slice(at, until > at && text[until - 1] === '\r' ? until - 1 : until);
    at = until + 1;
  }
}

/** Lines that have a name; what is none is left out. */
export function* linesOf(text: string): Generator<IcsLine> {
  let parts: string[] = [];
  let [length, from, line] = [0, 1, 0];
  const whole = (): IcsLine | null => parsed(parts.join(''), from, length > MAX_LINE);
  for (const raw of rawLines(text)) {
    line++;
    const isFolded = raw.startsWith(' ') || raw.startsWith('\t');
    if (!isFolded) {
      const made = whole();
      if (made !== null) yield made;
      [parts, length, from] = [[], 0, line];
    }
    const room = MAX_LINE - length;
    length += raw.length - (isFolded ? 1 : 0);
    if (room > 0) parts.push(raw.slice(isFolded ? 1 : 0, room + 1));
  }
  const made = whole();
  if (made !== null) yield made;
}

/** Where a character stands outside quotation marks. */
function outside(text: string, wanted: string, from: number): number {
  let isQuoted = false;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && wanted.includes(text[i] as string)) return i;
  }
  return -1;
}

function parsed(text: string, line: number, isCut: boolean): IcsLine | null {
  const end = outside(text, ':', 0);
  if (end <= 0) return null;
  const value = text.slice(end + 1).trim();
  const head = text.slice(0, end);
  const nameEnd = head.indexOf(';');
  if (nameEnd < 0) return { name: head.trim().toUpperCase(), parameters: new Map(), value, line, isCut };
  const parameters = new Map<string, string>();
  for (let at = nameEnd + 1; at <= head.length && parameters.size < MAX_PARAMETERS; ) {
    const next = outside(head, ';', at);
    const part = head.slice(at, next < 0 ? head.length : next);
    const equals = part.indexOf('=');
    if (equals > 0)
      parameters.set(
        part.slice(0, equals).trim().toUpperCase(),
        part
          .slice(equals + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      );
    if (next < 0) break;
    at = next + 1;
  }
  return { name: head.slice(0, nameEnd).trim().toUpperCase(), parameters, value, line, isCut };
}

/** A text's escapes (§ 3.3.11). */
export const unescaped = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? ' ' : sign));
