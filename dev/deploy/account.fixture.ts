/** An account on Cloudflare in memory, behind the commands of wrangler that the scripts use. Used by the tests of set-up and deploy. */
import { readFileSync, statSync } from 'node:fs';
import { expect } from 'vitest';
import type { Ran, Wrangler } from './wrangler.ts';

/** As cli-table3 draws `queues list`. */
export const tableOf = (rows: readonly (readonly string[])[]): string => {
  const head = ['id', 'name', 'created_on', 'modified_on', 'producers', 'consumers'];
  const line = (cells: readonly string[]): string => `│ ${cells.join(' │ ')} │`;
  return ['┌────┬──────┐', line(head), ...rows.flatMap((row) => ['├────┼──────┤', line(row)]), '└────┴──────┘'].join(
    '\n',
  );
};

/** An account in memory behind the commands of wrangler that the scripts use; any other is a failure. */
export class Account {
  databases = new Map<string, string>();
  namespaces = new Map<string, string>();
  buckets = new Set<string>();
  queues = new Set<string>();
  /** null: no Worker yet */
  secrets: Map<string, string> | null = null;
  migrated = false;
  tokens = new Map<string, number>();
  operators = 0;
  platforms = 0;
  issuer: object | null = null;
  deployed: string[] = [];
  calls: string[][] = [];
  /** commands that change something until the machine is switched off; Infinity: it stays on */
  left = Number.POSITIVE_INFINITY;

  readonly wrangler: Wrangler = async (args) => {
    this.calls.push([...args]);
    const out = this.answer(args);
    return out === null ? { code: 1, stdout: '', stderr: `✘ [ERROR] unknown: ${args.join(' ')}` } : out;
  };

  private change(work: () => void): Ran {
    if (this.left-- <= 0) throw new Error('switched off');
    work();
    return said('done');
  }

  private answer(args: readonly string[]): Ran | null {
    const [one, two, three, four] = args;
    const name = three ?? '';
    switch (`${one} ${two}`) {
      case 'd1 list':
        return said(JSON.stringify([...this.databases].map(([title, uuid]) => ({ name: title, uuid }))));
      case 'd1 create':
        return this.databases.has(name)
          ? { code: 1, stdout: '', stderr: 'A database with that name already exists' }
          : this.change(() => this.databases.set(name, `db-${name}`));
      case 'kv namespace':
        if (three === 'list') return said(JSON.stringify([...this.namespaces].map(([title, id]) => ({ title, id }))));
        return this.change(() => this.namespaces.set(four ?? '', `kv-${four}`));
      case 'r2 bucket':
        if (three === 'list')
          return said(
            `Listing buckets...\n${[...this.buckets].map((bucket) => `name:           ${bucket}\ncreation_date:  2026-11-22`).join('\n\n')}`,
          );
        return this.change(() => this.buckets.add(four ?? ''));
      case 'queues list': {
        const page = Number(four);
        const rows = [...this.queues].slice((page - 1) * 2, page * 2).map((queue) => ['q', queue, 'x', 'x', '0', '0']);
        return said(rows.length === 0 ? '' : tableOf(rows));
      }
      case 'queues create':
        return this.change(() => this.queues.add(name));
      case 'secret list':
        return this.secrets === null
          ? { code: 1, stdout: '', stderr: '✘ [ERROR] This Worker does not exist on your account. [code: 10007]' }
          : said(JSON.stringify([...this.secrets.keys()].map((secret) => ({ name: secret, type: 'secret_text' }))));
      case 'secret bulk':
        return this.change(() => {
          const values = JSON.parse(readFileSync(name, 'utf8')) as Record<string, string>;
          expect(statSync(name).mode & 0o077).toBe(0);
          this.secrets = new Map([...(this.secrets ?? []), ...Object.entries(values)]);
        });
      case 'd1 migrations':
        return this.change(() => (this.migrated = true));
      case 'd1 execute':
        return this.executed(args.at(-1) ?? '');
      case 'd1 time-travel':
        return said(JSON.stringify({ bookmark: 'mark-1' }));
      case 'deployments list':
        return said(JSON.stringify([{ created_on: '2026-11-22', versions: [{ version_id: 'version-1' }] }]));
    }
    if (one === 'whoami') return said('you');
    if (one === 'deploy' && two === '--dry-run') return said('Total Upload: 1');
    if (one === 'deploy') return this.change(() => void this.deployed.push('askproai'));
    return null;
  }

  private executed(sql: string): Ran {
    if (!this.migrated) return { code: 1, stdout: '', stderr: 'no such table: tenants' };
    if (sql.includes('AS platforms'))
      return rows({ platforms: this.platforms, issuer: this.issuer === null ? null : JSON.stringify(this.issuer) });
    if (sql.includes('count(*) AS n')) return rows({ n: this.operators });
    const inserted = /VALUES \('([0-9a-f]{64})', (\d+),/.exec(sql);
    expect(sql).toContain('DELETE FROM setup_tokens WHERE used_at IS NULL');
    return this.change(() => {
      this.tokens.clear();
      this.tokens.set(inserted?.[1] ?? '', Number(inserted?.[2]));
    });
  }
}
const said = (stdout: string): Ran => ({ code: 0, stdout, stderr: '' });
const rows = (row: object): Ran => said(JSON.stringify([{ results: [row], success: true }]));
