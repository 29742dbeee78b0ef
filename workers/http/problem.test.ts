import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it, vi } from 'vitest';
import { errorsDe } from '../../shared/i18n/errors.de.ts';
import { errorsEn } from '../../shared/i18n/errors.en.ts';
import {
  messageOf,
  notFound,
  onError,
  problemBody,
  type ProblemBody,
  type Refusal,
  refuse,
  STATUS,
} from './problem.ts';

const answerOf = async (refusal: Refusal) => {
  const app = new Hono();
  app.get('/', (c) => refuse(c, refusal));
  const response = await app.request('/');
  return { response, body: (await response.json()) as ProblemBody };
};

describe('the error registry', () => {
  it('has a sentence in both languages for every code, and no others', () => {
    const codes = Object.keys(STATUS).sort();
    expect(Object.keys(errorsDe).sort()).toEqual(codes);
    expect(Object.keys(errorsEn).sort()).toEqual(codes);
    for (const text of [...Object.values(errorsDe), ...Object.values(errorsEn)]) expect(text).toMatch(/[.?]$/);
  });

  it.each([
    [{ code: 'NOT_FOUND', entity: 'customer' }, 404],
    [{ code: 'PERMISSION_DENIED', permission: 'view_calls' }, 403],
    [{ code: 'SIGNATURE_INVALID' }, 401],
    [{ code: 'IDEMPOTENCY_MISMATCH', key: 'k' }, 409],
    [{ code: 'MALFORMED_JSON' }, 400],
    [{ code: 'VALIDATION_ERROR', errors: { date: ['x'] } }, 422],
    [{ code: 'OBJECT_FENCED', details: { kind: 'ledger' } }, 503],
    [{ code: 'INSUFFICIENT_BALANCE', details: { available_cents: 1, required_cents: 2, currency: 'EUR' } }, 402],
  ] as [Refusal, number][])('%j is answered with its status', async (refusal, status) => {
    const { response, body } = await answerOf(refusal);
    expect(response.status).toBe(status);
    expect(body).toMatchObject({ success: false, error: { code: refusal.code } });
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  it('fills the sentence and carries what the caller needs to go on', () => {
    expect(messageOf({ code: 'RATE_LIMITED', retry_after: 7, limit: 60 }, 'en')).toContain('7 seconds');
    expect(messageOf({ code: 'RATE_LIMITED', retry_after: 1, limit: 60 }, 'en')).toContain('1 second.');
    expect(messageOf({ code: 'RATE_LIMITED', retry_after: 1, limit: 60 }, 'de')).toContain('1 Sekunde ');
    const body = problemBody({ code: 'RATE_LIMITED', retry_after: 7, limit: 60 }, 'de', 'req_1');
    expect(body.error).toMatchObject({ retry_after: 7, request_id: 'req_1' });
    expect(problemBody({ code: 'VALIDATION_ERROR', errors: { a: ['b'] } }, 'de', 'r').error.errors).toEqual({
      a: ['b'],
    });
  });

  it('sends Retry-After with 429 and 503', async () => {
    expect(
      (await answerOf({ code: 'RATE_LIMITED', retry_after: 9, limit: 1 })).response.headers.get('Retry-After'),
    ).toBe('9');
    expect((await answerOf({ code: 'UPSTREAM_UNAVAILABLE', service: 'x' })).response.headers.get('Retry-After')).toBe(
      '5',
    );
  });

  it('never tells which thing was not found', async () => {
    const { body } = await answerOf({ code: 'NOT_FOUND', entity: 'customer' });
    expect(JSON.stringify(body)).not.toContain('customer');
  });
});

describe('what was thrown', () => {
  it('is logged without the values that a query was bound to, without numbers and addresses', async () => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
    const cause = new Error('D1_ERROR: no such table: customers');
    await thrown(
      Object.assign(new Error('Failed query: select ?\nparams: ten_1,+4915155554444,eva@example.org', { cause }), {
        name: 'DrizzleQueryError',
      }),
    );
    spy.mockRestore();
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/5554444|eva@|params/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      event: 'defect',
      error: 'DrizzleQueryError: Failed query: select ?',
      cause: 'D1_ERROR: no such table: customers',
    });
  });

  const thrown = async (error: unknown) => {
    const app = new Hono();
    app.onError(onError);
    app.notFound(notFound);
    app.get('/', () => {
      throw error;
    });
    return app.request('/');
  };

  it('a defect is a 500 that says nothing of itself', async () => {
    const response = await thrown(new Error('SELECT secret FROM users'));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('SELECT');
    expect(JSON.parse(text)).toMatchObject({
      success: false,
      error: { code: 'INTERNAL_ERROR', request_id: expect.any(String) },
    });
  });

  it('malformed JSON, a too large body and a wrong media type keep their own status', async () => {
    expect((await thrown(new HTTPException(400))).status).toBe(400);
    expect((await thrown(new HTTPException(413, { cause: { max_bytes: 5 } }))).status).toBe(413);
    expect((await thrown(new HTTPException(415))).status).toBe(415);
  });

  it('an overloaded object is a fault that may be retried', async () => {
    expect((await thrown(Object.assign(new Error('overloaded'), { overloaded: true }))).status).toBe(503);
  });

  it('an unknown path is the neutral 404', async () => {
    const app = new Hono();
    app.notFound(notFound);
    const response = await app.request('/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
