import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOrCreateSecrets } from './secrets.ts';

describe('the secrets of an installation', () => {
  let folder: string;
  const file = () => join(folder, 'secrets.json');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('are 32 random bytes each, no two alike', () => {
    const values = Object.values(readOrCreateSecrets(file()));
    for (const value of values) expect(Buffer.from(value as string, 'base64url')).toHaveLength(32);
    expect(new Set(values).size).toBe(values.length);
  });

  test('stay what they are', () => {
    expect(readOrCreateSecrets(file())).toEqual(readOrCreateSecrets(file()));
  });

  test('can be read by their owner only', () => {
    readOrCreateSecrets(file());
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('are completed when a newer version needs one more', () => {
    const { apiSecretKey, ...older } = readOrCreateSecrets(file());
    writeFileSync(file(), JSON.stringify(older));
    const now = readOrCreateSecrets(file());
    expect(now).toMatchObject(older);
    expect(now.apiSecretKey).not.toBe(apiSecretKey);
  });
});
