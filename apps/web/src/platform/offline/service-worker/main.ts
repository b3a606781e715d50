/// <reference lib="webworker" />
import { filesToKeep, obsoleteFiles, treatmentOf, type KeepMessage } from './policy.ts';

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL__: string[];
declare const __ALL__: string[];
declare const __MESSAGING__: string[];
declare const __VERSION__: string;

const pageCache = `page-${__VERSION__}`;
const fileCache = 'files';
const listUrl = '/files-of-this-build';
const completeUrl = '/all-files-are-kept';
/** How long the network may take before a page that is at hand is shown, in milliseconds. */
const patienceMs = 3000;

/** The page, as it was when this build was installed. */
async function install(): Promise<void> {
  const page = await caches.open(pageCache);
  await page.addAll(['/', '/boot.js', '/icon.svg', '/manifest.webmanifest'].map((path) => new Request(path, { cache: 'reload' })));
  // While a server changes over it may still hand out the page before: the browser tries again later.
  if (!(await (await page.match('/'))?.text())?.includes(__SHELL__[0]!)) throw new Error('the page is not of this build');
  await page.put(listUrl, Response.json(__ALL__));
  await keepFiles(__SHELL__);
}

/** Takes over: the page of the build before goes, its files stay for tabs that still run it. */
async function activate(): Promise<void> {
  const pages = (await caches.keys()).filter((name) => name.startsWith('page-') && name !== pageCache);
  const lists = await Promise.all(pages.map(async (name) => (await (await caches.open(name)).match(listUrl))?.json() as Promise<string[]> | undefined));
  const files = await caches.open(fileCache);
  const cached = (await files.keys()).map((request) => new URL(request.url).pathname);
  await Promise.all(obsoleteFiles(cached, __ALL__, lists.flatMap((list) => list ?? [])).map((path) => files.delete(path)));
  await Promise.all(pages.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keepFiles(paths: readonly string[]): Promise<void> {
  const files = await caches.open(fileCache);
  for (const path of paths) {
    if (await files.match(path)) continue;
    // One after the other, from the browser's own cache where it has them: this must not compete with the page.
    const response = await fetch(path).catch(() => undefined);
    if (response?.ok) await files.put(path, response);
  }
}

async function answerAsset(request: Request): Promise<Response> {
  const files = await caches.open(fileCache);
  const kept = await files.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.type === 'basic') void files.put(request, response.clone()).catch(() => {});
  return response;
}

/**
 * The page and what it names without a hash. The kept one is shown at once where all its files are kept too; otherwise it
 * is for want of a network only, for a server that has gone on to another build has no files for it any more.
 */
async function answerFromPage(path: string, request: Request): Promise<Response> {
  const page = await caches.open(pageCache);
  const kept = await page.match(path);
  if (!kept) return fetch(request);
  if (await page.match(completeUrl)) return kept;
  const asked = fetch(request).then((response) => (response.ok ? response : kept), () => kept);
  const tooLate = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patienceMs));
  return Promise.race([asked, tooLate]);
}

/** Notes whether every file of this build is kept. */
async function noteCompleteness(): Promise<void> {
  const files = await caches.open(fileCache);
  const cached = new Set((await files.keys()).map((request) => new URL(request.url).pathname));
  if (__ALL__.every((path) => cached.has(path))) await (await caches.open(pageCache)).put(completeUrl, new Response());
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const treatment = treatmentOf(request, self.location.origin);
  if (treatment === 'page') event.respondWith(answerFromPage('/', request));
  else if (treatment === 'static') event.respondWith(answerFromPage(new URL(request.url).pathname, request));
  else if (treatment === 'asset') event.respondWith(answerAsset(request));
});

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const message = event.data as KeepMessage | { type: 'take-over' };
  if (message.type === 'keep') event.waitUntil(keepFiles(filesToKeep(message, { all: __ALL__, messaging: __MESSAGING__ })).then(noteCompleteness));
  if (message.type === 'take-over') void self.skipWaiting();
});
