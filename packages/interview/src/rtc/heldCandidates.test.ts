import { expect, test } from 'vitest';
import type { Candidate } from '../call/transport.ts';
import { makeHeldCandidates } from './heldCandidates.ts';

const candidate = (fragment: string | null, port = 1): Candidate => ({
  candidate: `candidate:1 1 udp 1 127.0.0.1 ${port} typ host generation 0${fragment === null ? '' : ` ufrag ${fragment}`}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
});

/** A connection that notes what it is given, and refuses port 0. */
function makeConnection() {
  const added: (string | undefined)[] = [];
  let remoteDescription: RTCSessionDescription | null = null;
  return {
    added,
    describe(fragment: string) {
      remoteDescription = { type: 'offer', sdp: `v=0\r\na=ice-ufrag:${fragment}\r\n` } as RTCSessionDescription;
    },
    get remoteDescription() {
      return remoteDescription;
    },
    async addIceCandidate(init?: RTCIceCandidateInit | null) {
      if (init?.candidate?.includes(' 0 typ') === true) throw new DOMException('refused', 'OperationError');
      added.push(init?.candidate);
    },
  };
}

test('a candidate that overtook its description waits for it', async () => {
  const connection = makeConnection();
  const held = makeHeldCandidates(connection);
  await held.add([candidate('new')]);
  expect(connection.added).toEqual([]);
  connection.describe('new');
  await held.described();
  expect(connection.added).toEqual([candidate('new').candidate]);
  await held.described();
  expect(connection.added).toHaveLength(1);
});

test('a candidate of a restart waits for the description that restarts', async () => {
  const connection = makeConnection();
  const held = makeHeldCandidates(connection);
  connection.describe('new');
  await held.add([candidate('newer'), candidate('new')]);
  expect(connection.added).toEqual([candidate('new').candidate]);
  connection.describe('newer');
  await held.described();
  expect(connection.added).toEqual([candidate('new').candidate, candidate('newer').candidate]);
});

test('a candidate that does not say where it belongs is taken once there is a description', async () => {
  const connection = makeConnection();
  const held = makeHeldCandidates(connection);
  await held.add([candidate(null)]);
  expect(connection.added).toEqual([]);
  connection.describe('any');
  await held.described();
  expect(connection.added).toHaveLength(1);
});

test('one that is refused takes nothing from the others', async () => {
  const connection = makeConnection();
  connection.describe('new');
  await makeHeldCandidates(connection).add([candidate('new', 0), candidate('new', 2)]);
  expect(connection.added).toEqual([candidate('new', 2).candidate]);
});

test('no more are held than anybody has', async () => {
  const connection = makeConnection();
  const held = makeHeldCandidates(connection);
  await held.add(Array.from({ length: 1000 }, (_, port) => candidate('new', port + 1)));
  connection.describe('new');
  await held.described();
  expect(connection.added).toHaveLength(100);
  expect(connection.added.at(-1)).toBe(candidate('new', 1000).candidate);
});
