/** The same done to many rows: by hundreds, each answered by itself, and a request that fails keeps none of the others back. */
import { describe, expect, it } from 'vitest';
import type { ApiFault } from '../../ui/api-client.ts';
import { byReason, changeMany } from './bulk.ts';

const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `cus_${i}`, version: i + 1 }));
const fault = (code: string, message = code): ApiFault => ({
  status: 409,
  code,
  message,
  details: {},
  errors: {},
  retryAfterSeconds: null,
  requestId: null,
});

interface Body {
  items: { id: string; expected_version: number }[];
  days?: number;
}

describe('a change of many rows', () => {
  it('asks for a hundred at a time, with the version each was seen in and a key of its own', async () => {
    const asked: { body: Body; key: string }[] = [];
    const through: number[] = [];
    let key = 0;
    const { done, refused } = await changeMany(rows(250), {
      path: '/bulk/move',
      body: { days: 7 },
      newKey: () => `key_${key++}`,
      onProgress: (count) => through.push(count),
      post: async (_path, body, key) => {
        const { items } = body as Body;
        asked.push({ body: body as Body, key });
        const results = items.map(({ id }, index) => ({ index, status: 200, item: id, version: 9, error: null }));
        return { ok: true, requestId: null, body: { success: true, results } };
      },
    });
    expect(asked.map(({ body, key }) => [body.items.length, body.days, key])).toEqual([
      [100, 7, 'key_0'],
      [100, 7, 'key_1'],
      [50, 7, 'key_2'],
    ]);
    expect(asked[1]?.body.items[0]).toEqual({ id: 'cus_100', expected_version: 101 });
    expect(through).toEqual([100, 200, 250]);
    expect([done.length, refused.length, done[249]?.version]).toEqual([250, 0, 9]);
  });

  it('tells refused rows from done ones, and a request that was not answered refuses its own alone', async () => {
    const error = { code: 'VERSION_CONFLICT', message: 'older', request_id: 'req_1' };
    const { done, refused } = await changeMany(rows(150), {
      path: '/bulk/delete',
      newKey: () => 'key',
      post: async (_path, body) => {
        const { items } = body as Body;
        if (items.length === 100) return { ok: false, fault: fault('UPSTREAM_UNAVAILABLE') };
        const results = items.map(({ id }, index) =>
          index % 2 === 0
            ? { index, status: 200, item: id, version: 2, error: null }
            : { index, status: 409, item: null, version: null, error },
        );
        return { ok: true, requestId: null, body: { success: true, results } };
      },
    });
    expect(done.map(({ row }) => row.id)).toEqual(Array.from({ length: 25 }, (_, i) => `cus_${100 + 2 * i}`));
    const reasons = byReason(refused);
    expect(reasons.map(({ fault: one, rows: some }) => [one.code, some.length])).toEqual([
      ['UPSTREAM_UNAVAILABLE', 100],
      ['VERSION_CONFLICT', 25],
    ]);
  });
});
