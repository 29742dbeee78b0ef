/** The object's one alarm: which is set, and setting the next. What comes next is decided by next-alarm.ts. Called by the object runtime's parts. */
import { processNow, realNow } from '../../shared/clock.ts';
import { type AlarmFacts, nextAlarm } from './next-alarm.ts';

export class Alarms {
  readonly #storage: DurableObjectStorage;
  /** real ms of the alarm we know to be set */
  #armedAt: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get armedAt(): number | null {
    return this.#armedAt;
  }

  /** At wake: an alarm may be set from an earlier life. */
  async learn(): Promise<void> {
    this.#armedAt = await this.#storage.getAlarm();
  }

  /** The alarm has fired, or a transaction that set one was rolled back: what we believed about it is no more. */
  forget(): void {
    this.#armedAt = null;
  }

  /** Inside a transaction: makes sure the object wakes by then. @param realAt the machine's clock, ms */
  armInTransaction(realAt: number): void {
    if (this.#armedAt !== null && this.#armedAt <= realAt) return;
    this.#armedAt = realAt;
    void this.#storage.setAlarm(realAt);
  }

  /** Makes sure the object wakes at an instant of the process clock. */
  wakeAt(due: number): void {
    this.armInTransaction(realNow() + Math.max(0, due - processNow()));
  }

  async arm(realAt: number): Promise<void> {
    this.#armedAt = realAt;
    await this.#storage.setAlarm(realAt);
  }

  async armNext(facts: Omit<AlarmFacts, 'now' | 'realNow' | 'armedAt'>): Promise<void> {
    const next = nextAlarm({ ...facts, now: processNow(), realNow: realNow(), armedAt: this.#armedAt });
    if (next === 'leave') return;
    if (next !== null) return this.arm(next);
    this.#armedAt = null;
    await this.#storage.deleteAlarm();
  }
}
