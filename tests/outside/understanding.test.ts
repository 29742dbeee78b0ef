/**
 * What callers say, through the signed HTTP function of the running product: all fixture phrases, their variants, the phone numbers — and
 * the same readings whatever time zone the process runs in.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callObject, DEMO, type Instance, inParallel, projectRoot, startInstance } from './harness.ts';

interface Reading {
  kind: string;
  [key: string]: unknown;
}
interface Phrase {
  say: string;
  spoken?: string;
  language?: 'de' | 'en';
  understood: Reading;
  accept?: Reading[];
}
interface Phone {
  input: string;
  branch_country: string;
  area_code?: string;
  e164: string | null;
  kind?: string;
  action: string;
  extension?: string;
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(path.join(projectRoot, 'tests/fixtures', name), 'utf8')) as T;
const fixture = read<{ time: Phrase[]; phone: Phone[] }>('german-time-and-phone.json');
const variants = read<{ phrases: Phrase[] }>('spoken-time-variants.json').phrases;

/** The fixtures' reference: a Friday at ten. */
const NOW = '2026-11-20T10:00:00+01:00';
const KEYS = ['date', 'time', 'from_date', 'to_date', 'from', 'to', 'dates', 'closed'] as const;
const KIND_ONLY = new Set(['ask', 'invalid', 'none', 'earliest', 'any', 'same_as_last']);
const SOCKETS = 8;
const CLOSURES = ['exc_demo_mitte_umbau', 'exc_demo_ausflug'];

const same = (got: Reading, wanted: Reading): boolean =>
  got.kind === wanted.kind &&
  (KIND_ONLY.has(got.kind) || KEYS.every((key) => JSON.stringify(got[key]) === JSON.stringify(wanted[key])));

type Answered = Awaited<ReturnType<Instance['retell']>>;

/** What the function answers to each phrase, asked on several sockets. */
async function answersTo(running: Instance, phrases: Phrase[]): Promise<Map<Phrase, Answered>> {
  const { results } = await inParallel(
    phrases.map((phrase, index) => async (wire) => {
      const call = {
        ...callObject(DEMO.salon, `+4915798${String(100_000 + index)}`),
        retell_llm_dynamic_variables: { language: phrase.language ?? 'de' },
      };
      const answer = await running.retell(
        '/api/retell/check-availability',
        { name: 'check-availability', call, args: { when: phrase.spoken ?? phrase.say, service: 'Haarschnitt' } },
        { ...wire, headers: { 'x-askpro-now': NOW } },
      );
      return [phrase, answer] as const;
    }),
    SOCKETS,
  );
  return new Map(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}

/** What is wrong with the answer to a phrase; null: it was read as it is meant, and something is said. */
function faultOf(phrase: Phrase, answer: Answered | undefined): string | null {
  if (answer?.status !== 200) return `${phrase.say}: HTTP ${answer?.status}`;
  const body = answer.json();
  const got = body.understood as Reading | undefined;
  const right = got && [phrase.understood, ...(phrase.accept ?? [])].some((wanted) => same(got, wanted));
  const speaks = typeof body.message === 'string' && body.message !== '';
  return right && speaks ? null : `${phrase.say}: ${JSON.stringify(got)} (wanted ${JSON.stringify(phrase.understood)})`;
}

describe.each(['UTC', 'Europe/Berlin', 'Pacific/Auckland'])('with the process in %s', (TZ) => {
  const phrases = TZ === 'UTC' ? [...fixture.time, ...variants] : fixture.time;
  let instance: Instance | undefined;
  let answers: Map<Phrase, Answered>;
  beforeAll(async () => {
    instance = await startInstance({ env: { TZ, RATE_LIMIT_SCALE: '1000' } });
    // The demo's closures move with the day of the run, the phrases' days do not.
    for (const id of CLOSURES) {
      const gone = await instance.api(`/api/v1/exceptions/${id}`, DEMO.salon.apiKey, { method: 'DELETE' });
      expect(gone.status, gone.text).toBe(200);
    }
    answers = await answersTo(instance, phrases);
  });
  afterAll(() => instance?.stop());

  it.each(fixture.time)('$say is read as it is meant', (phrase) => {
    expect(faultOf(phrase, answers.get(phrase))).toBeNull();
  });
  // A thousand of them: a test for each kind of reading.
  if (TZ === 'UTC')
    it.each([...new Set(variants.map(({ understood }) => understood.kind))])('variants: %s', (kind) => {
      const ofKind = variants.filter(({ understood }) => understood.kind === kind);
      expect(ofKind.map((phrase) => faultOf(phrase, answers.get(phrase))).filter((fault) => fault !== null)).toEqual(
        [],
      );
    });
});

describe('phone numbers, by country and area code of the branch', () => {
  let running: Instance;
  // A branch for each country and area code of the fixture.
  const places = [...new Set(fixture.phone.map((p) => `${p.branch_country}/${p.area_code ?? ''}`))];
  beforeAll(async () => {
    running = await startInstance({ env: { RATE_LIMIT_SCALE: '1000' } });
    for (const [index, place] of places.entries()) {
      const [country = 'DE', areaCode = ''] = place.split('/');
      const tenantId = `ten_phones_${index}`;
      const seeded = await running.request('/api/dev/seed', {
        body: {
          operations: [
            {
              op: 'tenant',
              record: {
                id: tenantId,
                type: 'business',
                parentId: 'platform',
                slug: `phones-${index}`,
                name: `Phones ${index}`,
                status: 'active',
                currency: 'EUR',
                locale: 'de',
                timeZone: 'Europe/Berlin',
                country,
                vatId: null,
                brand: null,
                settings: null,
                createdAt: 0,
              },
            },
            {
              op: 'number',
              record: {
                tenantId,
                e164: `+49309000${index}`,
                branchId: `bra_phones_${index}`,
                agentId: `agent_phones_${index}`,
                active: true,
              },
            },
            {
              op: 'agent',
              record: {
                tenantId,
                agentId: `agent_phones_${index}`,
                branchId: `bra_phones_${index}`,
                language: 'de',
                active: true,
              },
            },
            {
              op: 'schedule',
              tenantId,
              key: 'seed',
              items: [
                {
                  kind: 'branch',
                  id: `bra_phones_${index}`,
                  body: {
                    companyId: `com_${index}`,
                    name: 'Praxis',
                    country,
                    timeZone: 'Europe/Berlin',
                    main: true,
                    areaCode: areaCode || null,
                  },
                },
              ],
            },
          ],
        },
      });
      expect(seeded.json()).toMatchObject({ refused: [] });
    }
  });
  afterAll(() => running?.stop());

  it.each(fixture.phone)('$input ($branch_country) is read as it is meant', async (phone) => {
    const index = places.indexOf(`${phone.branch_country}/${phone.area_code ?? ''}`);
    const call = callObject({ number: `+49309000${index}`, agent: `agent_phones_${index}` }, 'anonymous');
    const answer = await running.retell('/api/retell/check-customer', {
      name: 'check-customer',
      call,
      args: { phone_number: phone.input },
    });
    expect(answer.status).toBe(200);
    const body = answer.json();
    const { e164, kind, action, extension } = phone;
    const got = body.understood_phone ?? {};
    expect([got.e164, got.action, got.kind, got.extension], JSON.stringify(body)).toEqual([
      e164,
      action,
      kind,
      extension,
    ]);
    // A number that was only said makes nobody a customer; one that names nobody is asked for again.
    expect(body.customer_id).toBeNull();
    expect(body.missing?.[0] === 'phone_number', JSON.stringify(body)).toBe(action !== 'match');
  });
});
