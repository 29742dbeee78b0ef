/** Node's TCP sockets in the shape of the Workers' ones, so that the SMTP client can be tried without workerd. Called by tests. */
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SmtpConnect, SmtpSocket } from '../../workers/integrations/smtp.ts';

export const nodeConnect: SmtpConnect = ({ hostname, port }, secureTransport) => {
  if (secureTransport !== 'on') return wrap(connectTcp(port, hostname), 'connect');
  // Test certificates only: the sandbox signs its own.
  return wrap(connectTls({ host: hostname, port, rejectUnauthorized: false }), 'secureConnect');
};

function wrap(socket: Socket, ready: 'connect' | 'secureConnect'): SmtpSocket {
  const opened = new Promise<void>((resolve, reject) => {
    socket.once(ready, () => resolve());
    socket.once('error', reject);
  });
  opened.catch(() => undefined);
  let readController: ReadableStreamDefaultController<Uint8Array> | null = null;
  const safely = (action: () => void): void => {
    try {
      action();
    } catch {
      // the stream was closed or errored before; nothing is left to notify
    }
  };
  const onData = (chunk: Buffer): void => readController?.enqueue(new Uint8Array(chunk));
  const onEnd = (): void => safely(() => readController?.close());
  const onError = (error: Error): void => safely(() => readController?.error(error));
  const readable = new ReadableStream<Uint8Array>({
    start(controller) {
      readController = controller;
      socket.on('data', onData);
      socket.on('end', onEnd);
      socket.on('close', onEnd);
      socket.on('error', onError);
    },
  });
  const writable = new WritableStream<Uint8Array>({
    write: (chunk) =>
      new Promise((resolve, reject) => {
        socket.write(chunk, (error) => (error ? reject(error) : resolve()));
      }),
  });
  return {
    readable,
    writable,
    opened,
    close: async () => {
      socket.destroy();
    },
    startTls: () => {
      socket.off('data', onData);
      socket.off('end', onEnd);
      socket.off('close', onEnd);
      return wrap(connectTls({ socket, rejectUnauthorized: false }), 'secureConnect');
    },
  };
}
