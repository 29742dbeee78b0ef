/** The built product with demo data, and the pages that the proofs of speed look at. Called by paint.ts, lighthouse.ts and colleagues.ts. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildProduct } from '../build.ts';
import { root } from '../check/files.ts';
import { freePorts } from '../server/free-ports.ts';
import { type RunningServer, startAskPro } from '../server/server.ts';

export const OWNER = { email: 'owner@salon-schoen.test', password: 'askpro-demo-2026' };
const DAY_MS = 86_400_000;

/** The next day on which the demo salon is open and has appointments: it is closed on Sundays and Mondays. */
export function busyDay(now = Date.now()): string {
  const day = new Date(now + DAY_MS);
  while ([0, 1].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

export const calendarPath = (): string => `/admin/appointments/calendar?date=${busyDay()}`;

/** Builds, starts, works and clears up. `ASKPRO_STATE` names a folder with demo data that is loaded already; it is copied, not used. */
export async function withDemo<T>(work: (base: string, server: RunningServer) => Promise<T>): Promise<T> {
  await buildProduct(undefined, (line) => console.log(line));
  const state = mkdtempSync(path.join(os.tmpdir(), 'askpro-pages-'));
  const loaded = process.env.ASKPRO_STATE;
  if (loaded !== undefined && existsSync(loaded)) cpSync(path.resolve(root, loaded), state, { recursive: true });
  try {
    // Limits are tested elsewhere; a proof asks more often than people do.
    const variables = { RATE_LIMIT_SCALE: '1000' };
    const server = await startAskPro({
      port: await freePorts(),
      state,
      demoData: true,
      variables,
      log: () => undefined,
    });
    try {
      return await work(server.url, server);
    } finally {
      await server.close();
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
