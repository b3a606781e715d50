import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const sound = {
  PORT: '4173', PUBLIC_ORIGIN: 'https://baton.example.com', DATABASE_URL: 'postgres://a@127.0.0.1/a', DATABASE_OWNER_URL: 'postgres://b@127.0.0.1/a', SECRET_KEY: 'A'.repeat(43),
  MATRIX_URL: 'http://127.0.0.1:8008', MATRIX_SERVER_NAME: 'baton.example.com', MATRIX_AS_TOKEN: 'x', MATRIX_REGISTRATION_SECRET: 'x', MATRIX_JWT_SECRET: 'x',
};
const TURN_SECRET = 'sixteen letters!';
const turn = (variables: object): unknown => readEnv({ ...sound, ...variables }).turn;

test('without a TURN server there is none', () => {
  expect([turn({}), turn({ TURN_URL: '', TURN_SECRET: '' })]).toEqual([null, null]);
});

test('a TURN server has one address or several, and a secret', () => {
  expect(turn({ TURN_URL: 'turn:127.0.0.1:3478', TURN_SECRET })).toEqual({ urls: ['turn:127.0.0.1:3478'], secret: TURN_SECRET });
  expect(turn({ TURN_URL: 'turn:turn.example.com:3478?transport=udp, turns:[2001:db8::1]:5349?transport=tcp', TURN_SECRET })).toMatchObject({ urls: ['turn:turn.example.com:3478?transport=udp', 'turns:[2001:db8::1]:5349?transport=tcp'] });
});

test.each([
  ['an address of another kind', { TURN_URL: 'https://turn.example.com', TURN_SECRET }, 'TURN_URL'],
  ['an address with a path', { TURN_URL: 'turn:turn.example.com/3478', TURN_SECRET }, 'TURN_URL'],
  ['one bad address among good ones', { TURN_URL: 'turn:turn.example.com,stun', TURN_SECRET }, 'TURN_URL'],
  ['a secret without an address', { TURN_SECRET }, 'TURN_URL'],
  ['an address without a secret', { TURN_URL: 'turn:turn.example.com' }, 'TURN_SECRET'],
  ['a short secret', { TURN_URL: 'turn:turn.example.com', TURN_SECRET: 'short' }, 'TURN_SECRET'],
])('does not start with %s', (_what, variables, name) => {
  expect(() => turn(variables)).toThrow(expect.objectContaining({ code: 'ENVIRONMENT_INVALID', details: expect.objectContaining({ name }) }));
});
