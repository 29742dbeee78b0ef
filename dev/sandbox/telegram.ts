/** Stand-in for the Telegram bot API: sendMessage. Called by sandbox.ts. `POST /_sandbox/telegram/block {chat_id}` makes a chat refuse (403). */
import { type Answer, type Exchange, json, jsonBody, looseBody } from './exchange.ts';
import { type SandboxParts, type Service, Shelf } from './settings.ts';

const MAX_TEXT = 4_096;

export interface TelegramRecord {
  message_id: number;
  chat_id: string;
  text: string;
  at: number;
}

export function telegramService(parts: SandboxParts): Service & { view: () => TelegramRecord[] } {
  const messages = new Shelf<TelegramRecord>();
  const blocked = new Set<string>();
  let nextId = 1_366;
  const refuse = (code: number, description: string): Answer =>
    json(code, { ok: false, error_code: code, description });

  async function handle(exchange: Exchange): Promise<Answer> {
    const match = /^\/bot([^/]+)\/(\w+)$/.exec(exchange.path);
    if (!match || match[1] !== parts.secrets.telegramBotToken) return refuse(401, 'Unauthorized');
    if (match[2]?.toLowerCase() !== 'sendmessage') return refuse(404, 'Not Found');
    const form = (exchange.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    const body: Record<string, unknown> | null = form
      ? Object.fromEntries(new URLSearchParams(exchange.rawBody))
      : jsonBody(exchange);
    const chat = body?.['chat_id'];
    const text = body?.['text'];
    if (chat === undefined || chat === '') return refuse(400, 'Bad Request: chat_id is empty');
    if (typeof text !== 'string' || text.trim() === '') return refuse(400, 'Bad Request: message text is empty');
    if (text.length > MAX_TEXT) return refuse(400, 'Bad Request: message is too long');
    if (blocked.has(String(chat))) return refuse(403, 'Forbidden: bot was blocked by the user');
    const record: TelegramRecord = { message_id: nextId++, chat_id: String(chat), text, at: parts.now() };
    messages.put(String(record.message_id), record);
    return json(200, {
      ok: true,
      result: {
        message_id: record.message_id,
        from: { id: 2222, is_bot: true, first_name: 'AskProAI', username: 'askproai_demo_bot' },
        chat: { id: Number(chat), first_name: 'Sandbox', type: 'private' },
        date: Math.floor(record.at / 1000),
        text,
      },
    });
  }

  async function control(exchange: Exchange): Promise<Answer | null> {
    if (exchange.method === 'GET')
      return exchange.path === '/messages' ? json(200, { messages: messages.all() }) : null;
    if (exchange.path !== '/block') return null;
    blocked.add(String(looseBody(exchange)?.['chat_id'] ?? ''));
    return json(200, { blocked: [...blocked] });
  }

  return {
    handle,
    control,
    reset: () => {
      messages.clear();
      blocked.clear();
    },
    view: () => messages.all(),
  };
}
