/** `npm start` and `npm run dev`: local secrets, build, server, and what a newcomer needs to know on one screen. */
import { watch } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProduct } from './build.ts';
import { type RunningServer, StartRefused, startAskPro } from './server/server.ts';
import { ensureDevVars } from './server/variables.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const DEFAULT_PORT = 8787;
/** Quiet time after the last change before a rebuild: editors write several files at once. */
const WATCH_DEBOUNCE_MS = 200;

const say = (line: string) => console.log(`  ${line}`);

function readPort(): number {
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_533)
    throw new StartRefused('PORT must be a number from 1 to 65533.');
  return port;
}

async function rebuildOnChange(server: RunningServer): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let busy: Promise<void> = Promise.resolve();
  const rebuild = async () => {
    try {
      const built = await buildProduct(undefined, say);
      if (built.length > 0) await server.reload();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  };
  for (const folder of ['workers', 'shared', 'web']) {
    watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        busy = busy.then(rebuild);
      }, WATCH_DEBOUNCE_MS);
    });
  }
}

const demoAccounts = (url: string): string => `  Admin panel       ${url}/admin/login      owner@salon-schoen.test
  Customer portal   ${url}/portal/login     owner@salon-schoen.test
  Reseller          ${url}/reseller/login   reseller@demo.test
  Super admin       ${url}/admin/login      admin@askproai.test
  Password of all   askpro-demo-2026
  API key           ask_test_demo_salon_schoen       (Authorization: Bearer ...)`;

/** Without demo data: who runs it is made by a link that is good once and for a day; later starts print no further one. */
const emptyInstance = ({ url, setupUrl }: RunningServer): string =>
  setupUrl === null
    ? `  Admin panel       ${url}/admin/login`
    : `  First operator    ${setupUrl}\n                    (works once, within 24 hours; each start prints a new one until it was used)`;

async function main(): Promise<void> {
  const startedAt = Date.now();
  const port = readPort();
  const state = path.resolve(root, process.env.ASKPRO_STATE ?? '.wrangler/state');
  const demoData = process.env.ASKPRO_DEMO_DATA !== 'off';
  console.log('AskProAI');
  if (ensureDevVars()) say('local secrets written to .dev.vars');
  await buildProduct(undefined, say);

  const server = await startAskPro({
    port,
    state,
    demoData,
    sandbox: process.env.ASKPRO_SANDBOX !== 'external',
    ...(process.env.ASKPRO_SANDBOX_PORT && { sandboxPort: Number(process.env.ASKPRO_SANDBOX_PORT) }),
    ...(process.env.ASKPRO_SMTP_PORT && { smtpPort: Number(process.env.ASKPRO_SMTP_PORT) }),
    recordOutbound: process.env.ASKPRO_RECORD_OUTBOUND === 'on',
    log: say,
  });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Miniflare's own handler exits at once, before the state folder is given back
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      void server.close().then(() => process.exit(0));
    });
  }
  if (process.argv.includes('--watch')) await rebuildOnChange(server);

  const folder = path.relative(process.cwd(), state);
  console.log(`
  Ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s

${demoData ? demoAccounts(server.url) : emptyInstance(server)}
  Sandbox           ${server.sandboxUrl}/_sandbox/   Retell, Cal.com, Stripe, Twilio, mail: what they received
${demoData ? '\n  npm run demo      plays a phone call from the first ring to the charge, in another terminal' : ''}
  State in ${folder || '.'}, log in ${path.join(folder, 'worker.log')}. Ctrl-C stops everything.
`);
}

main().catch((error: unknown) => {
  // a failed build carries its own picture of the code in the message; the stack behind it is the bundler's
  const said = error instanceof StartRefused || (error instanceof Error && 'errors' in error);
  console.error(said ? `\n  ${(error as Error).message}\n` : error);
  process.exit(1);
});
