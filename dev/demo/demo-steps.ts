/** What the demo script is written in: requests, waiting, and the printed list of steps. */

const PORT = Number(process.env['PORT'] ?? 8787);
export const askpro = process.env['ASKPRO_URL'] ?? `http://127.0.0.1:${PORT}`;
export const SANDBOX = process.env['SANDBOX_URL'] ?? `http://127.0.0.1:${PORT + 1}`;

/** Longest wait for something that follows from a queue. */
const PATIENCE_MS = 20_000;
const POLL_MS = 150;

const steps: { name: string; ok: boolean }[] = [];
const colour = process.stdout.isTTY
  ? { green: '\x1b[32m', red: '\x1b[31m', dim: '\x1b[2m', off: '\x1b[0m' }
  : { green: '', red: '', dim: '', off: '' };

/** Prints one step and remembers its outcome. */
export function step(name: string, ms: number, ok: boolean, detail: string): void {
  steps.push({ name, ok });
  const mark = ok ? `${colour.green}✓${colour.off}` : `${colour.red}✗${colour.off}`;
  console.log(
    `${mark} ${name.padEnd(62)} ${String(Math.round(ms)).padStart(6)} ms  ${colour.dim}${detail.replaceAll('\n', ' ').slice(0, 150)}${colour.off}`,
  );
}

/** Runs a check; its text is the detail, a throw or rejection is the failure. */
export async function expect(name: string, check: () => Promise<string | number | undefined>): Promise<void> {
  const started = performance.now();
  try {
    const detail = await check();
    step(name, performance.now() - started, true, String(detail ?? ''));
  } catch (fault) {
    step(name, performance.now() - started, false, fault instanceof Error ? fault.message : String(fault));
  }
}

/** Polls until the answer is not null; throws after the patience. */
export async function until<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export async function api(
  method: string,
  url: string,
  key: string | null,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}

/** A GET that must answer 2xx. */
export async function json<T>(url: string, key: string | null = null): Promise<T> {
  const answer = await api('GET', url, key);
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`${new URL(url).pathname}: HTTP ${answer.status} ${JSON.stringify(answer.body).slice(0, 160)}`);
  return answer.body as T;
}

export const sandbox = <T>(path: string): Promise<T> => json<T>(`${SANDBOX}${path}`);

/** Prints the sum; the process' exit code. */
export function summary(): number {
  const failed = steps.filter((s) => !s.ok).length;
  console.log(`\n${steps.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
