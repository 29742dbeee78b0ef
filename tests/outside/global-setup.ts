/** Builds the product once before the outside tests, so that they drive what would be deployed. Called by vitest. */
import { buildProduct } from '../../dev/build.ts';
import { ensureDevVars } from '../../dev/server/variables.ts';

export default async function setup(): Promise<void> {
  ensureDevVars();
  await buildProduct(undefined, (line) => console.log(`build: ${line}`));
}
