/** What the edge answers by itself is in the document of every route that can meet it. */
import { createRoute, z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { documentOf } from './openapi.ts';
import { createRoutes } from './module-routes.ts';
import { doneBody, jsonAnswer, jsonBody, publicRoute } from './schema.ts';

const answers = { 200: jsonAnswer(doneBody, 'x') };
const statuses = (method: 'get' | 'post' | 'delete', path: string, withBody: boolean): string[] => {
  const routes = createRoutes();
  routes.openAPIRegistry.registerPath(
    createRoute({
      method,
      path,
      ...publicRoute,
      ...(withBody ? { request: { body: jsonBody(z.object({ a: z.string() })) } } : {}),
      responses: answers,
    }),
  );
  return Object.keys(documentOf(routes).paths?.[path]?.[method]?.responses ?? {}).sort();
};

describe('refusals of a body in the document', () => {
  it('a declared body may be malformed, too large or of another type', () => {
    expect(statuses('post', '/api/x', true)).toEqual(expect.arrayContaining(['200', '400', '413', '415']));
  });
  it('one that nobody declared may still be sent: too large or malformed, never of the wrong type', () => {
    const found = statuses('delete', '/api/x', false);
    expect(found).toEqual(expect.arrayContaining(['200', '400', '413']));
    expect(found).not.toContain('415');
  });
  it('a GET and a page of a web app meet none of them', () => {
    expect(statuses('get', '/api/x', false)).not.toContain('413');
    expect(statuses('post', '/elsewhere', false)).not.toContain('413');
  });
});
