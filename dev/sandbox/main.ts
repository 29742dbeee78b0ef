/** Command line of the sandbox: `node dev/sandbox/main.ts --port 8788 --smtp-port 8789 --askpro http://localhost:8787`. */
import { parseArgs } from 'node:util';
import { demoEventTypes } from '../demo-data/calcom.ts';
import { startSandbox } from './sandbox.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['SANDBOX_PORT'] ?? '8788' },
    'smtp-port': { type: 'string' },
    askpro: { type: 'string', default: process.env['ASKPRO_BASE_URL'] ?? 'http://localhost:8787' },
    /** Debits settle by themselves after this long; without it only by hand. */
    'sepa-settle-ms': { type: 'string' },
    /** Cal.com's 120 requests a minute, enforced only when asked for. */
    'calcom-rate': { type: 'string' },
  },
});

const port = Number(values.port);
const smtpPort = values['smtp-port'] === undefined ? port + 1 : Number(values['smtp-port']);
if (!Number.isInteger(port) || !Number.isInteger(smtpPort)) {
  console.error('sandbox: --port and --smtp-port must be numbers');
  process.exit(2);
}
const sandbox = await startSandbox({
  port,
  smtpPort,
  askproBaseUrl: values.askpro,
  ...(values['sepa-settle-ms'] === undefined
    ? {}
    : { stripe: { sepaSettleAfterMs: Number(values['sepa-settle-ms']) } }),
  calcom: {
    eventTypes: demoEventTypes(),
    ...(values['calcom-rate'] === undefined ? {} : { rateLimitPerMinute: Number(values['calcom-rate']) }),
  },
});
console.log(`sandbox ready: ${sandbox.url}/_sandbox/  smtp 127.0.0.1:${sandbox.smtpPort}`);

let closing = false;
const close = (): void => {
  if (closing) return;
  closing = true;
  sandbox.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.on('SIGINT', close);
process.on('SIGTERM', close);
