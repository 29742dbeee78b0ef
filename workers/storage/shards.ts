/**
 * Tenant → D1 shard. The shard is part of the tenant id (`ten_….s1`; none = shard 0), because an id never changes, objects must
 * know their shard without asking D1, and a map in D1 would be one more thing on every path. docs/decisions.md has the reasons.
 */
import { type Platform, bindingsOf } from '../env.ts';
import { assert } from '../../shared/result.ts';

const SHARD_SUFFIX = /\.s(\d{1,3})$/;

const shardIndexOf = (tenantId: string): number => Number(SHARD_SUFFIX.exec(tenantId)?.[1] ?? 0);

export function shardBinding(platform: Platform, tenantId: string): D1Database {
  const index = shardIndexOf(tenantId);
  if (index === 0) return bindingsOf(platform).DB;
  const binding = bindingsOf(platform)[`DB_SHARD_${index}`] as D1Database | undefined;
  assert(binding, `no binding for shard ${index}`);
  return binding;
}
