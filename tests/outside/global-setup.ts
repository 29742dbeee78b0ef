/**
 * Once before the outside tests: builds the product, so that they drive what would be deployed, and loads the demo data into a state folder
 * that every instance starts from as a copy (loading it anew takes ten seconds each time). Called by vitest.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildProduct } from '../../dev/build.ts';
import { startAskPro } from '../../dev/server/server.ts';
import { ensureDevVars } from '../../dev/server/variables.ts';
import { freePorts } from '../../dev/server/free-ports.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A state folder with fresh demo data; copy it, never run on it. */
    demoState: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  ensureDevVars();
  await buildProduct(undefined, (line) => console.log(`build: ${line}`));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-demo-'));
  const state = path.join(folder, 'state');
  const server = await startAskPro({ port: await freePorts(), state, variables: { RATE_LIMIT_SCALE: '1000' } });
  await server.close();
  project.provide('demoState', state);
  return () => rmSync(folder, { recursive: true, force: true });
}
