/** A stranger's first minutes: clone into a folder with a space, start, play the demo, start a second one beside it, stop. */
import { healthResponse } from '../../shared/contract/health.ts';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectFiles } from '../../dev/check/files.ts';
import { DEMO, type Instance, projectRoot, startInstance } from './harness.ts';

let clone: string;
let instance: Instance;

beforeAll(async () => {
  clone = path.join(mkdtempSync(path.join(os.tmpdir(), 'askpro-clone-')), 'a folder with a space');
  mkdirSync(clone);
  for (const file of projectFiles()) {
    if (existsSync(path.join(projectRoot, file))) cpSync(path.join(projectRoot, file), path.join(clone, file));
  }
  // the install itself is what .ci/run does; here it would need the network again
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(clone, 'node_modules'), 'junction');
  instance = await startInstance({ folder: clone, state: path.join(clone, '.wrangler', 'state') });
});

afterAll(async () => {
  await instance?.stop();
  rmSync(path.dirname(clone), { recursive: true, force: true });
});

function run(
  command: string,
  args: string[],
  folder: string,
  env: Record<string, string>,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env } });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

it('says where to go and with which password', () => {
  const output = instance.output();
  for (const word of [
    `http://localhost:${instance.port}/admin/login`,
    '/portal/login',
    DEMO.salon.owner,
    DEMO.password,
  ]) {
    expect(output).toContain(word);
  }
});

it('answers its health, and signs every demo user in', async () => {
  expect((await instance.request('/api/health')).as(healthResponse)).toMatchObject({ status: 'ok' });
  for (const email of [
    DEMO.salon.owner,
    DEMO.physio.owner,
    DEMO.barber.owner,
    'reseller@demo.test',
    'admin@askproai.test',
  ]) {
    expect(await instance.signIn(email)).not.toBe('');
  }
});

it('plays the demo with every step green', async () => {
  const { code, output } = await run('npm', ['run', '--silent', 'demo'], clone, { PORT: String(instance.port) });
  // the clone's dependencies are a link to ours: installing there would empty them
  expect(output).not.toContain('bootstrap: install');
  expect(output, output).not.toMatch(/✗|FAIL/);
  expect(code, output).toBe(0);
});

it('runs beside a second instance with its own port and state, neither knowing of the other', async () => {
  const second = await startInstance();
  try {
    const lead = await instance.retell('/api/retell/check-customer', {
      name: 'check-customer',
      call: {
        call_id: 'call_two_instances',
        agent_id: DEMO.salon.agent,
        from_number: '+4915799887766',
        to_number: DEMO.salon.number,
        direction: 'inbound',
        call_type: 'phone_call',
      },
      args: { phone_number: '+4915799887766' },
    });
    const customerId: string = lead.json().customer_id;
    expect(customerId).toBeTruthy();
    expect((await instance.api(`/api/v1/customers/${customerId}`, DEMO.salon.apiKey)).status).toBe(200);
    expect((await second.api(`/api/v1/customers/${customerId}`, DEMO.salon.apiKey)).status).toBe(404);
  } finally {
    await second.stop();
  }
});

it('refuses a port or a state folder in use, in one sentence', async () => {
  const busyPort = await run(process.execPath, ['dev/start.ts'], clone, {
    PORT: String(instance.port),
    ASKPRO_STATE: 'other',
  });
  expect(busyPort.code).toBe(1);
  expect(busyPort.output).toContain(`Port ${instance.port} is in use`);
  const busyState = await run(process.execPath, ['dev/start.ts'], clone, {
    PORT: String(instance.port + 3_000),
    ASKPRO_STATE: instance.state,
  });
  expect(busyState.code).toBe(1);
  expect(busyState.output).toContain('is in use by another instance');
});

it('stops cleanly on Ctrl-C and starts again with what it knew', async () => {
  await instance.stop();
  await expect(instance.request('/api/health')).rejects.toThrow();
  instance = await startInstance({ folder: clone, state: instance.state, port: instance.port });
  expect((await instance.request('/api/health')).status).toBe(200);
  expect(instance.output()).not.toContain('demo data: loading');
});
