/** Sends the services' webhooks to AskProAI: signed anew at each attempt, retried within bounds, sent twice under a `duplicate` fault. */
import type { Faults } from './faults.ts';

/** Deliveries remembered for the pages and `/_sandbox/{service}/webhooks`. */
const MAX_DELIVERIES = 2_000;
const MAX_KEPT_ANSWER_CHARS = 2_000;
/** Requests under way at once: a burst of ten thousand events must not open ten thousand sockets. */
const MAX_IN_FLIGHT = 64;

/** How a vendor retries. Real Stripe tries for days; these bounds outlast a restart of the product in development. */
interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly factor: number;
  readonly timeoutMs: number;
}
export const RETRY: Readonly<Record<'stripe' | 'calcom' | 'retell' | 'twilio', RetryPolicy>> = {
  stripe: { attempts: 9, firstDelayMs: 400, factor: 2, timeoutMs: 20_000 },
  // as Cal.com's own: three attempts, from 500 ms, each wait 1.8 times the last
  calcom: { attempts: 3, firstDelayMs: 500, factor: 1.8, timeoutMs: 10_000 },
  // as Retell's: ten seconds, up to three retries
  retell: { attempts: 4, firstDelayMs: 400, factor: 2, timeoutMs: 10_000 },
  twilio: { attempts: 3, firstDelayMs: 400, factor: 2, timeoutMs: 15_000 },
};

interface Webhook {
  readonly event: string;
  readonly url: string;
  readonly body: string;
  readonly headers: () => Promise<Record<string, string>>;
  /** Path of the call that caused it: a `duplicate` fault may name it. */
  readonly cause?: string;
}

interface Attempt {
  readonly at: string;
  readonly status: number | null;
  readonly ms: number;
  readonly answer: string;
}

export interface Delivery {
  readonly id: number;
  readonly event: string;
  readonly url: string;
  readonly duplicate: boolean;
  readonly body: string;
  readonly attempts: Attempt[];
  state: 'pending' | 'delivered' | 'given_up' | 'cancelled';
}

export class WebhooksOut {
  private readonly policy: RetryPolicy;
  private readonly faults: Faults;
  private readonly now: () => number;
  private deliveries: Delivery[] = [];
  private nextId = 1;
  private generation = 0;
  private unfinished = 0;
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly stop = new AbortController();

  constructor(policy: RetryPolicy, faults: Faults, now: () => number) {
    this.policy = policy;
    this.faults = faults;
    this.now = now;
  }

  /** Starts delivering; resolves with the first attempt (retries go on by themselves). */
  send(webhook: Webhook): Promise<Attempt> {
    const twice = this.faults.takeDuplicate([webhook.cause ?? '', webhook.event, webhook.url]) !== null;
    const first = this.start(webhook, false);
    if (twice) this.start(webhook, true).catch(() => undefined);
    return first;
  }

  private start(webhook: Webhook, duplicate: boolean): Promise<Attempt> {
    const delivery: Delivery = {
      id: this.nextId++,
      event: webhook.event,
      url: webhook.url,
      duplicate,
      body: webhook.body,
      attempts: [],
      state: 'pending',
    };
    this.deliveries.push(delivery);
    if (this.deliveries.length > MAX_DELIVERIES) this.deliveries = this.deliveries.slice(-MAX_DELIVERIES);
    this.unfinished += 1;
    return new Promise((resolve) => {
      this.run(webhook, delivery, resolve)
        .catch(() => undefined)
        .finally(() => {
          this.unfinished -= 1;
        });
    });
  }

  private async run(webhook: Webhook, delivery: Delivery, firstDone: (attempt: Attempt) => void): Promise<void> {
    const generation = this.generation;
    let delay = this.policy.firstDelayMs;
    for (let i = 0; i < this.policy.attempts; i++) {
      const attempt = await this.attempt(webhook);
      delivery.attempts.push(attempt);
      if (i === 0) firstDone(attempt);
      if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
        delivery.state = 'delivered';
        return;
      }
      if (i + 1 === this.policy.attempts) break;
      await pause(delay, this.stop.signal);
      delay *= this.policy.factor;
      if (this.stop.signal.aborted || generation !== this.generation) {
        delivery.state = 'cancelled';
        return;
      }
    }
    delivery.state = 'given_up';
  }

  private async attempt(webhook: Webhook): Promise<Attempt> {
    if (this.inFlight >= MAX_IN_FLIGHT) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.inFlight += 1;
    try {
      return await this.request(webhook);
    } finally {
      this.inFlight -= 1;
      this.waiting.shift()?.();
    }
  }

  private async request(webhook: Webhook): Promise<Attempt> {
    const at = this.now();
    const started = performance.now();
    const done = (status: number | null, answer: string): Attempt => ({
      at: new Date(at).toISOString(),
      status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      answer: answer.slice(0, MAX_KEPT_ANSWER_CHARS),
    });
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: await webhook.headers(),
        body: webhook.body,
        // A redirect counts as a failure at all of them.
        redirect: 'manual',
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(this.policy.timeoutMs)]),
      });
      return done(response.status, await response.text());
    } catch (error) {
      return done(
        null,
        error instanceof Error
          ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}`
          : String(error),
      );
    }
  }

  /** Deliveries still on their way (first attempt or waiting for a retry). */
  pending(): number {
    return this.unfinished;
  }

  list(): readonly Delivery[] {
    return this.deliveries;
  }

  /** Clears all state; waiting retries are cancelled. */
  clear(): void {
    this.generation += 1;
    this.deliveries = [];
  }

  close(): void {
    this.stop.abort();
  }
}

/** Waits, but never keeps the process alive, and wakes at once when the sandbox closes. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
