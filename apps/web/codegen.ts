import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * Typed documents from the `*.graphql` files beside the features. `persisted-documents.json` (SHA-256 → document) goes
 * into the build: in production the API serves nothing else.
 */
const config: CodegenConfig = {
  schema: '../../packages/graphql/schema.graphql',
  documents: ['src/**/*.graphql'],
  ignoreNoDocuments: true,
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
        strictScalars: true,
        skipTypename: true,
        // `Statement` is opaque to pages: session/ gives it the vault's types.
        scalars: { ID: 'string', DateTime: 'string', Statement: 'unknown' },
      },
    },
  },
};

export default config;
