/** REST of recordings: press play, audio, what they take. Mounted by control-app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  audioQuery,
  playRequest,
  playResponse,
  recordingParams,
  storageResponse,
} from '../../../shared/contract/recordings.ts';
import { lazy } from '../../../shared/lazy.ts';
import { answer } from '../../http/answer.ts';
import { guardedOnce, onceErrors } from '../../http/idempotency.ts';
import { createRoutes } from '../../http/module-routes.ts';
import { refuse } from '../../http/problem.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../../http/schema.ts';

const play = lazy(() => import('./play.ts'));
const tags = ['calls'];
const PATH = '/api/v1/recordings';

export const recordingRoutes = createRoutes();

recordingRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${PATH}/storage`,
    tags,
    summary: 'What the recordings of the business take',
    ...guarded('view_recordings'),
    responses: { 200: jsonAnswer(storageResponse, 'number and bytes'), ...guardErrors() },
  }),
  async (c) =>
    answer(c, { result: await (await play()).storageOf(c.get('scope')) }, (data) => ({ success: true, data })),
);

recordingRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/{id}/play`,
    tags,
    summary: 'Hear the recording of a call; each play is written down',
    ...guardedOnce('view_recordings'),
    request: { params: recordingParams, body: jsonBody(playRequest) },
    responses: { 200: jsonAnswer(playResponse, 'where its audio is for a while'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) =>
    answer(c, { result: await (await play()).playRecording(c.get('scope'), c.req.valid('param').id) }, (data) => ({
      success: true,
      data,
    })),
);

recordingRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${PATH}/{id}/audio`,
    tags,
    summary: 'The audio of a call, whole or in parts (`Range`), for who pressed play',
    ...guarded('view_recordings'),
    request: { params: recordingParams, query: audioQuery },
    responses: {
      200: { description: 'the audio', content: { 'audio/wav': { schema: z.string() } } },
      206: { description: 'a part of it', content: { 'audio/wav': { schema: z.string() } } },
      416: { description: 'the part lies behind its end' },
      ...guardErrors(),
    },
  }),
  async (c) => {
    const result = await (await play()).audioOf(c.get('scope'), {
      callId: c.req.valid('param').id,
      token: c.req.valid('query').token,
      range: c.req.header('Range') ?? null,
    });
    if (!result.ok) return refuse(c, result.error) as never;
    const audio = result.value;
    if (audio === null) return c.body(null, 416) as never;
    return c.body(audio.body, audio.isPart ? 206 : 200, {
      'Content-Type': audio.contentType,
      'Content-Length': String(audio.to - audio.from + 1),
      'Accept-Ranges': 'bytes',
      ...(audio.isPart ? { 'Content-Range': `bytes ${audio.from}-${audio.to}/${audio.bytes}` } : {}),
      // What may be erased tomorrow stays in no cache.
      'Cache-Control': 'private, no-store',
      'Content-Disposition': 'inline',
    }) as never;
  },
);
