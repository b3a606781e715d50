import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { openFreshFile } from '../origin/freshFile.ts';

/** The released client's documents: nothing else is served where there are any. */
export interface PersistedDocuments {
  /** The document of a hash; undefined when it is none of ours. */
  byHash(hash: string): Promise<string | undefined>;
  /** Whether this (printed) document is one of ours: subscriptions come as whole documents. */
  includes(printed: string): Promise<boolean>;
}

/**
 * Reads `persisted-documents.json` ({sha256 in hex: document}) of a build, and of the next one when it is there; null when
 * the build has none.
 * @throws Error when a hash is not its document's
 */
export async function readPersistedDocuments(webDist: string): Promise<PersistedDocuments | null> {
  const file = await openFreshFile(join(webDist, 'persisted-documents.json'), parseDocuments).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  return { byHash: async (hash) => (await file()).documents.get(hash), includes: async (document) => (await file()).printed.has(document) };
}

function parseDocuments(content: Buffer): { documents: ReadonlyMap<string, string>; printed: ReadonlySet<string> } {
  const documents = new Map(Object.entries(JSON.parse(content.toString()) as Record<string, string>));
  for (const [hash, document] of documents) {
    if (createHash('sha256').update(document).digest('hex') !== hash) throw new Error(`persisted-documents.json: ${hash} is not the hash of its document`);
  }
  return { documents, printed: new Set([...documents.values()].map((document) => print(parse(document)))) };
}

/** The hash that a request names, in any of the ways that GraphQL clients have for it; empty when it names none. */
export function hashOfRequest(body: Record<string, unknown>): string {
  const extensions = body['extensions'] as { persistedQuery?: { sha256Hash?: unknown } } | undefined;
  const named = body['documentId'] ?? extensions?.persistedQuery?.sha256Hash ?? (body['persisted'] === true ? body['query'] : undefined);
  return typeof named === 'string' ? named.replace(/^sha256:/, '') : '';
}
