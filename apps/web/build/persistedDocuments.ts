import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const generated = join(import.meta.dirname, '../src/generated');
/** How the modules of documents are called. */
export const documents = '\0baton-document:';
const importOfDocuments = /import \{([^}]*)\} from '(?:\.{1,2}\/)+generated\/graphql\.ts';/g;

/** What is generated for one document: its text, and its hash where it is an operation. */
function partsOf(code: string, name: string): { text: string; meta: string } {
  const found = new RegExp(`export const ${name} = new TypedDocumentString\\(\`([^\`]*)\`, (\\{[^\\n]*?\\})\\)`).exec(code);
  if (!found) throw new Error(`${name} is not among the generated documents`);
  return { text: found[1]!, meta: found[2]! };
}

const listed = async (): Promise<Record<string, string>> => JSON.parse(await readFile(join(generated, 'persisted-documents.json'), 'utf8'));

/** The text that the API's list has for a document. It differs from the written one: fields are sorted there. */
function listedText(documents: Record<string, string>, meta: string): string {
  const { hash } = JSON.parse(meta) as { hash: string };
  const text = documents[hash];
  if (text === undefined) throw new Error(`${hash} is not among the persisted documents`);
  return text;
}

/**
 * In a build a document is its hash: the text leaves the bundle, and `persisted-documents.json` tells the API which text
 * a hash stands for. Each document is a module of its own, so that a page carries those it asks with and no others;
 * generated in one file they would all be on a candidate's way.
 */
export function persistedDocuments(): Plugin {
  return {
    name: 'baton:persisted-documents',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!/\.tsx?$/.test(id.split('?')[0]!) || !code.includes('generated/graphql.ts')) return null;
      const split = code.replace(importOfDocuments, (_, list: string) =>
        list
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type '))
          .map((name) => `import { ${name} } from '${documents}${name}';`)
          .join(' '),
      );
      return split === code ? null : { code: split, map: null };
    },
    resolveId: (id) => (id.startsWith(documents) ? id : null),
    async load(id) {
      if (!id.startsWith(documents)) return null;
      const name = id.slice(documents.length);
      const { text, meta } = partsOf(await readFile(join(generated, 'graphql.ts'), 'utf8'), name);
      // Subscriptions go over the WebSocket whole, in the very words of the API's list.
      const sent = /^\s*subscription /.test(text) ? listedText(await listed(), meta) : '';
      return { code: `export const ${name} = { toString: () => ${JSON.stringify(sent)}, __meta__: ${meta} };`, moduleSideEffects: false };
    },
    async generateBundle() {
      const documents = await listed();
      const byHash = Object.fromEntries(Object.entries(documents).map(([hash, text]) => [hash.replace(/^sha256:/, ''), text]));
      this.emitFile({ type: 'asset', fileName: 'persisted-documents.json', source: JSON.stringify(byHash) });
    },
  };
}
