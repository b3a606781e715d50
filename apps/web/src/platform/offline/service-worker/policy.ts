/** A page's wish for files to be kept. `used` are paths that the page itself has loaded. */
export interface KeepMessage {
  type: 'keep';
  which: 'used' | 'messaging' | 'everything';
  used: string[];
}

/** Files of this build by what they are for. */
export interface BuildFiles {
  all: readonly string[];
  /** What runs in the messaging worker, which a page does not see loading. */
  messaging: readonly string[];
}

/** The files that a page's wish means; never others than this build's. */
export function filesToKeep(message: KeepMessage, files: BuildFiles): string[] {
  if (message.which === 'everything') return [...files.all];
  const wanted = new Set([...message.used, ...(message.which === 'messaging' ? files.messaging : [])]);
  return files.all.filter((path) => wanted.has(path));
}

/** What this worker does with a request. */
export type Treatment = 'page' | 'asset' | 'static' | 'pass';

/** Answered by the server alone: what people say and who they are never gets into the cache of files. */
const neverCached = /^\/(graphql|_matrix|_synapse|livez|readyz|metrics|service-worker\.js|persisted-documents\.json)(\/|$)/;

/** Decides for one request. Pages of the app are one file; files under /assets/ carry their hash and never change. */
export function treatmentOf(request: { method: string; mode: string; url: string }, origin: string): Treatment {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || neverCached.test(url.pathname)) return 'pass';
  if (request.mode === 'navigate') return 'page';
  if (url.pathname.startsWith('/assets/')) return 'asset';
  if (['/boot.js', '/icon.svg', '/manifest.webmanifest'].includes(url.pathname)) return 'static';
  return 'pass';
}

/** Files in the cache that neither this build nor the one before it uses: open tabs of the last one still need theirs. */
export function obsoleteFiles(cached: readonly string[], current: readonly string[], previous: readonly string[]): string[] {
  const kept = new Set([...current, ...previous]);
  return cached.filter((path) => !kept.has(path));
}
