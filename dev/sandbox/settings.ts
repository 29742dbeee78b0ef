/** What the sandbox is started with: demo secrets (fixed, so that anyone can sign by hand) and the parts every service shares. */
import type { Faults } from './faults.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Journal } from './journal.ts';
import type { WebhooksOut } from './webhooks-out.ts';

export const SERVICES = [
  'stripe',
  'calcom',
  'retell',
  'twilio',
  'telegram',
  'smtp',
  'push',
  'cloudflare',
  'vies',
  'dns',
  'pwned',
] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface SandboxSecrets {
  readonly stripeSecretKey: string;
  readonly stripeWebhookSecret: string;
  readonly calcomApiKey: string;
  readonly calcomWebhookSecret: string;
  readonly retellApiKey: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
  readonly telegramBotToken: string;
}

/** Accepted in development only; the product refuses each of them outside. */
export const DEMO_SECRETS: SandboxSecrets = {
  stripeSecretKey: 'sk_test_demo_askproai',
  stripeWebhookSecret: 'whsec_demo_askproai',
  calcomApiKey: 'cal_test_demo_askproai',
  calcomWebhookSecret: 'calcom_demo_secret',
  retellApiKey: 'key_demo_retell',
  twilioAccountSid: 'AC00000000000000000000000000000000',
  twilioAuthToken: 'twilio_demo_token',
  telegramBotToken: '2222:telegram_demo_bot',
};

/** What one service works with. */
export interface VendorParts {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly webhooks: WebhooksOut;
}

export interface SandboxParts {
  readonly secrets: SandboxSecrets;
  /** Where webhooks go, without trailing slash. */
  readonly askproBaseUrl: string;
  /** Sandbox time in epoch ms: follows `POST /_sandbox/clock`, so that signatures stay valid when the product's clock was moved. */
  readonly now: () => number;
  readonly vendors: Readonly<Record<ServiceName, VendorParts>>;
}

/** A stand-in: serves its API, answers its control calls (null = not one of its), clears its state on reset. */
export interface Service {
  readonly handle: (exchange: Exchange) => Promise<Answer>;
  readonly control: (exchange: Exchange) => Promise<Answer | null>;
  readonly reset: () => void;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Random letters and digits, as vendors' ids have. */
export function randomText(length: number, alphabet = ALPHABET): string {
  let text = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(length))) text += alphabet[byte % alphabet.length] ?? '0';
  return text;
}
export const randomHex = (length: number): string => randomText(length, '0123456789abcdef');

/** A bounded map: the oldest entry goes when it is full. */
export class Shelf<T> {
  private readonly items = new Map<string, T>();
  private readonly limit: number;
  private readonly onEvict: ((item: T) => void) | undefined;
  constructor(limit = 5_000, onEvict?: (item: T) => void) {
    this.limit = limit;
    this.onEvict = onEvict;
  }
  put(id: string, item: T): void {
    this.items.delete(id);
    this.items.set(id, item);
    if (this.items.size > this.limit) {
      const oldest = this.items.keys().next().value;
      if (oldest !== undefined) {
        const gone = this.items.get(oldest);
        this.items.delete(oldest);
        if (gone !== undefined) this.onEvict?.(gone);
      }
    }
  }
  get(id: string): T | undefined {
    return this.items.get(id);
  }
  /** False when there is none. */
  delete(id: string): boolean {
    return this.items.delete(id);
  }
  /** Newest first. */
  all(): T[] {
    return [...this.items.values()].reverse();
  }
  size(): number {
    return this.items.size;
  }
  clear(): void {
    this.items.clear();
  }
}

/** Things that came more than once by a key of theirs: the question "did anybody get two of it?" after a test with faults. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): { key: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([key, count]) => ({ key, count }));
}
