import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { turnCredentials } from './turnCredentials.ts';

const secretKey = randomBytes(32);
const now = Date.UTC(2026, 10, 22);

test('a credential is the HMAC-SHA1 of its name, as coturn computes it', () => {
  const { username, credential } = turnCredentials('shared', secretKey, 'acc_1', now);
  expect(credential).toBe(createHmac('sha1', 'shared').update(username).digest('base64'));
});

test('its name says when it ends, in seconds: four hours from now', () => {
  expect(turnCredentials('shared', secretKey, 'acc_1', now).username).toMatch(new RegExp(`^${now / 1000 + 14_400}:[0-9a-f]{16}$`));
});

test('its name says nothing about the account, and is another one for each', () => {
  const names = ['acc_1', 'acc_2'].map((account) => turnCredentials('shared', secretKey, account, now).username);
  expect(new Set(names).size).toBe(2);
  expect(names.join()).not.toContain('acc_');
});
