/** What a service received, newest last, bounded, without secrets. Called by sandbox.ts and smtp.ts; read through `/_sandbox/{service}/requests`. */

const MAX_ENTRIES = 5_000;
/** Longest body kept per entry. */
const MAX_KEPT_BODY_CHARS = 64_000;
const REDACTED = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-cal-secret-key']);

export interface JournalEntry {
  readonly id: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, a form's fields, or text. */
  readonly body: unknown;
  /** Status sent, or what happened instead. */
  answered: number | 'never' | 'dropped' | 'waiting';
  fault: string | null;
  ms: number;
}

export class Journal {
  private entries: JournalEntry[] = [];
  private nextId = 1;
  private firstId = 1;

  add(seen: {
    at: number;
    method: string;
    path: string;
    query?: URLSearchParams;
    headers?: Readonly<Record<string, string>>;
    rawBody?: string;
    body?: unknown;
  }): JournalEntry {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(seen.headers ?? {}))
      headers[name] = REDACTED.has(name) ? '[redacted]' : value;
    const entry: JournalEntry = {
      id: this.nextId++,
      at: new Date(seen.at).toISOString(),
      method: seen.method,
      path: seen.path,
      query: Object.fromEntries(seen.query ?? []),
      headers,
      body: seen.body ?? readable(seen.rawBody ?? '', headers['content-type'] ?? ''),
      answered: 'waiting',
      fault: null,
      ms: 0,
    };
    this.entries.push(entry);
    // Dropping a block at a time keeps an insert cheap.
    if (this.entries.length > MAX_ENTRIES + 500) this.entries = this.entries.slice(-MAX_ENTRIES);
    return entry;
  }

  list(): readonly JournalEntry[] {
    return this.entries.slice(-MAX_ENTRIES);
  }

  /** All received since the last reset, also those no longer kept. */
  total(): number {
    return this.nextId - this.firstId;
  }

  clear(): void {
    this.entries = [];
    this.firstId = this.nextId;
  }
}

function readable(text: string, contentType: string): unknown {
  if (text === '') return null;
  const cut = text.length > MAX_KEPT_BODY_CHARS;
  if (contentType.includes('json') && !cut) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  if (contentType.startsWith('application/x-www-form-urlencoded') && !cut)
    return Object.fromEntries(new URLSearchParams(text));
  return cut ? `${text.slice(0, MAX_KEPT_BODY_CHARS)}… (${text.length} characters)` : text;
}
