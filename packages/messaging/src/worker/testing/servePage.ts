import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** As strict as the product's. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/** Builds the test's page as production does, and serves it with the homeserver behind `/_matrix`, as one origin. */
export async function servePage(homeserverUrl: string): Promise<{ origin: string; close(): void }> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-page-'));
  await build({ root: fileURLToPath(new URL('./page/', import.meta.url)), configFile: false, logLevel: 'error', worker: { format: 'es' }, build: { outDir: folder, assetsInlineLimit: 0, target: 'es2023' } });
  const { hostname, port } = new URL(homeserverUrl);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/_matrix') === true) {
      const passed = request({ hostname, port, agent, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      outgoing.on('close', () => passed.destroy());
      incoming.pipe(passed);
      return;
    }
    const path = incoming.url === '/' ? '/index.html' : (incoming.url ?? '').split('?')[0] ?? '';
    try {
      const file = readFileSync(join(folder, path));
      outgoing.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain', 'content-security-policy': policy }).end(file);
    } catch {
      outgoing.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
