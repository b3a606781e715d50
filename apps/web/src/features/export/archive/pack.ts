import { Zip, ZipDeflate } from 'fflate';
import type { FileSink } from './archive.ts';

/** A ZIP that grows file by file and keeps only what is compressed already. */
export interface Pack extends FileSink {
  /** The whole of it. Throws a RangeError where this device has no room for it. */
  end(): Blob;
}

/** `at`: the time that its files carry, ISO 8601. */
export function makePack(at: string): Pack {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });
  return {
    add: async ({ path, text }) => {
      const bytes = new TextEncoder().encode(text);
      const entry = new ZipDeflate(path, { level: 6 });
      entry.mtime = at;
      zip.add(entry);
      entry.push(bytes, true);
      return { path, bytes: bytes.length, sha256: hexOf(await crypto.subtle.digest('SHA-256', bytes)) };
    },
    end: () => {
      zip.end();
      if (failure !== null) throw failure;
      return new Blob(chunks, { type: 'application/zip' });
    },
  };
}

const hexOf = (digest: ArrayBuffer): string => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
