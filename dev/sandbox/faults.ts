/** Faults that a test or a person arms for a service, taken one by one by its next calls. Called by sandbox.ts, webhooks-out.ts and smtp.ts. */

const FAULT_MODES = ['status', 'timeout', 'drop', 'duplicate', 'slow'] as const;
type FaultMode = (typeof FAULT_MODES)[number];

/** Armed faults kept per service. */
const MAX_FAULTS = 100;
const MAX_TIMES = 1_000_000;
/** `slow` without `delay_ms`: longer than the clients' test time-out of 1 s. */
const DEFAULT_DELAY_MS = 3_000;
const MAX_DELAY_MS = 120_000;

export interface Fault {
  readonly id: number;
  readonly mode: FaultMode;
  readonly status: number;
  readonly times: number;
  /** Only calls whose path contains this; for `duplicate` also the event's name or its target. */
  readonly path: string | null;
  readonly delay_ms: number;
  hits: number;
}

export class Faults {
  private armed: Fault[] = [];
  private nextId = 1;
  private readonly defaultStatus: number;

  constructor(defaultStatus = 503) {
    this.defaultStatus = defaultStatus;
  }

  /** Arms a fault from a control body; a text says what is wrong with the body. */
  arm(body: Record<string, unknown>): Fault | string {
    const mode = FAULT_MODES.find((one) => one === body['mode']);
    if (!mode) return `mode must be one of ${FAULT_MODES.join(', ')}`;
    const times = whole(body['times'], 1);
    const status = whole(body['status'], this.defaultStatus);
    const delay = whole(body['delay_ms'], DEFAULT_DELAY_MS);
    if (times === null || times < 1 || times > MAX_TIMES) return `times must be 1..${MAX_TIMES}`;
    if (status === null || status < 200 || status > 599) return 'status must be 200..599';
    if (delay === null || delay < 0 || delay > MAX_DELAY_MS) return `delay_ms must be 0..${MAX_DELAY_MS}`;
    const path = typeof body['path'] === 'string' && body['path'] !== '' ? body['path'] : null;
    if (this.armed.length >= MAX_FAULTS) this.armed = this.armed.filter((one) => one.hits < one.times);
    if (this.armed.length >= MAX_FAULTS) return `at most ${MAX_FAULTS} faults can be armed`;
    const fault: Fault = { id: this.nextId++, mode, status, times, path, delay_ms: delay, hits: 0 };
    this.armed.push(fault);
    return fault;
  }

  /** The next fault for a request at `path` (not `duplicate`: that one waits for a webhook); counts the hit. */
  take(path: string): Fault | null {
    return this.hit((fault) => fault.mode !== 'duplicate' && (fault.path === null || path.includes(fault.path)));
  }

  /** Whether a webhook is to be sent twice; `names` = path of the causing call, event name, target URL. */
  takeDuplicate(names: readonly string[]): Fault | null {
    return this.hit(
      (fault) =>
        fault.mode === 'duplicate' && (fault.path === null || names.some((name) => name.includes(fault.path ?? ''))),
    );
  }

  private hit(fits: (fault: Fault) => boolean): Fault | null {
    const fault = this.armed.find((one) => one.hits < one.times && fits(one));
    if (!fault) return null;
    fault.hits += 1;
    return fault;
  }

  list(): (Fault & { remaining: number })[] {
    return this.armed.map((fault) => ({ ...fault, remaining: fault.times - fault.hits }));
  }

  clear(): void {
    this.armed = [];
  }
}

function whole(value: unknown, fallback: number): number | null {
  if (value === undefined || value === null || value === '') return fallback;
  const number = Number(value);
  return Number.isInteger(number) ? number : null;
}
