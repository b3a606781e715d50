import { expect, test } from 'vitest';
import { chooseRelay } from './relay.ts';

const program = '/usr/bin/turnserver';
const own = { TURN_URL: 'turn:turn.example.com', TURN_SECRET: 'what both know of' };

test('a TURN server of one’s own goes before coturn', () => {
  expect(chooseRelay(own, program, undefined)).toEqual({ relay: { url: own.TURN_URL, secret: own.TURN_SECRET }, sentence: null });
  expect(chooseRelay(own, null, 'https://baton.example.com').relay).not.toBeNull();
});

test('coturn is used where it is installed', () => {
  expect(chooseRelay({}, program, undefined)).toEqual({ relay: { program }, sentence: null });
  expect(chooseRelay({}, program, 'http://localhost:4173').relay).toEqual({ program });
});

test('where it is not, one line says what is lacking, and what to do', () => {
  expect(chooseRelay({}, null, undefined)).toEqual({ relay: null, sentence: expect.stringMatching(/^Calls have no TURN server.*Install coturn, or set TURN_URL and TURN_SECRET\.$/) });
});

test('coturn on loopback is no help to browsers elsewhere, and that is said', () => {
  expect(chooseRelay({}, program, 'https://baton.example.com')).toEqual({ relay: null, sentence: expect.stringMatching(/^Calls have no TURN server.*where browsers reach it/) });
});

test('an address without its secret is refused', () => {
  expect(() => chooseRelay({ TURN_URL: own.TURN_URL }, program, undefined)).toThrow(/TURN_SECRET is not/);
});
