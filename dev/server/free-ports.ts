/** Free ports for instances that run beside each other and beside a developer's own. Used by tests/outside and by the check that starts the Worker. */
import net from 'node:net';

const ATTEMPTS = 50;
/** Above what services use, below the ephemeral range of Linux (32768), from which outgoing connections take theirs. */
const LOWEST_PORT = 20_000;
const PORTS = 12_000;

/** The first of three ports in a row that nobody uses. */
export async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const base = LOWEST_PORT + Math.floor(Math.random() * PORTS);
    const free = await Promise.all([base, base + 1, base + 2].map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no three free ports in a row');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
