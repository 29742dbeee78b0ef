/** Pure: why a configuration must not be deployed, each reason by the name of what is wrong. Called by deploying and by its test. */
import type { IssuerProfile } from '../../shared/contract/settings.ts';
import { configOf, type Env } from '../../workers/env.ts';
import { issuerLacks } from '../../workers/instance/issuer.ts';
import { DRAWN_SECRETS, type Environment, type Facts } from './deployment.ts';

export interface ToCheck {
  environment: Environment;
  facts: Facts;
  /** name → value, as they are kept here */
  secrets: Readonly<Record<string, string>>;
  /** names of the Worker's secrets on Cloudflare; null: it was never deployed */
  secretsThere: ReadonlySet<string> | null;
  /** the stored issuer; undefined: nobody runs the instance yet, null: it was never written */
  issuer: Partial<IssuerProfile> | null | undefined;
}

const NOBODY: IssuerProfile = {
  legal_name: '',
  street: '',
  postal_code: '',
  city: '',
  country: '',
  tax_number: '',
  vat_id: '',
  vat_rate_basis_points: null,
  small_business: false,
};

/** Empty: it may be deployed. */
export function deployProblems({ environment, facts, secrets, secretsThere, issuer }: ToCheck): string[] {
  const problems: string[] = [];
  const again = 'run `npm run setup:cloudflare`';
  if (facts.databaseId === undefined) problems.push(`databaseId: missing, ${again}`);
  if (facts.kvId === undefined) problems.push(`kvId: missing, ${again}`);
  if (facts.publicUrl === undefined) problems.push(`publicUrl: missing, ${again} with --public-url https://…`);
  else if (!facts.publicUrl.startsWith('https://')) problems.push('publicUrl: must be https');
  for (const name of DRAWN_SECRETS)
    if (secretsThere?.has(name) !== true) problems.push(`${name}: not set on Cloudflare, ${again}`);
  // The Worker judges its own configuration: what it would refuse to start with is refused here, too.
  try {
    configOf({
      ...facts.variables,
      ...secrets,
      ENVIRONMENT: environment,
      PUBLIC_URL: facts.publicUrl,
    } as unknown as Env);
  } catch (refusal) {
    problems.push(...(refusal as Error).message.replace(/^configuration: /, '').split('; '));
  }
  // An instance nobody runs yet has to be deployed before anybody can fill it in; until then its Checkout refuses by itself.
  if (environment === 'production' && issuer !== undefined)
    problems.push(
      ...issuerLacks({ ...NOBODY, ...issuer }).map(
        (name) => `issuer.${name}: empty, fill it in at ${facts.publicUrl ?? ''}/admin/settings`,
      ),
    );
  return problems;
}

/** Lines of wrangler's output that warn or fail; a misspelt key is only a warning there. */
export const warningsOf = (output: string): string[] =>
  output.split('\n').filter((line) => /\[?(WARNING|ERROR)\]?/.test(line) || /▲|✘/.test(line));
