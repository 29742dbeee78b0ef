/** An API client that asks for the password where the server does (CONFIRMATION_REQUIRED), and then sends the same request again. Called by both apps. */
import type { ApiAnswer, ApiClient } from './api-client.ts';

/**
 * Requests beside each other wait for one answer: nobody is asked twice, and none is left waiting.
 * @param ask resolves with whether the password was confirmed; false: the refusal stands
 */
export function withConfirmation(api: ApiClient, ask: () => Promise<boolean>): ApiClient {
  let asked: Promise<boolean> | null = null;
  const askOnce = (): Promise<boolean> => {
    asked ??= ask().finally(() => {
      asked = null;
    });
    return asked;
  };
  const confirmed = async <T>(send: () => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> => {
    const answer = await send();
    if (answer.ok || answer.fault.code !== 'CONFIRMATION_REQUIRED' || !(await askOnce())) return answer;
    return send();
  };
  return {
    get: api.get,
    post: (path, body, key) => confirmed(() => api.post(path, body, key)),
    patch: (path, body, key, version) => confirmed(() => api.patch(path, body, key, version)),
    put: (path, body, version) => confirmed(() => api.put(path, body, version)),
    upload: (path, file) => confirmed(() => api.upload(path, file)),
    delete: (path, query) => confirmed(() => api.delete(path, query)),
  };
}
