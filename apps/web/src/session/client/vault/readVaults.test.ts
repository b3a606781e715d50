import type { SessionCopy } from '@baton/vault';
import { expect, test } from 'vitest';
import { makeVaultReader } from './readVaults.ts';

type Dependencies = Parameters<typeof makeVaultReader>[0];

const copy = (depositor: string, claims: boolean, number = 1): SessionCopy => ({ number, depositor, writer: claims ? depositor : null, firstIndex: 0, exported: `copy of ${depositor}` });

/** A room with one session; `events`: whose message on it waits for its key. `genuine`: whose copy really opens it. `unknown`: its candidate's certificate is asked for first. */
function reading({ copies, events, genuine, unknown }: { copies: SessionCopy[]; events?: string; genuine?: string; unknown?: boolean }) {
  const imported: string[] = [];
  const learnt: string[] = [];
  const looked: string[] = [];
  let pages = 1;
  let asked: string | undefined;
  const waiting = events === undefined ? [] : [{ wire: { sender: events, content: { session_id: 's' } } }];
  const reader = makeVaultReader({
    vault: {
      mostDeposits: 100,
      mxidOf: (kind: string, account: string, server: string) => `@${kind} ${account}:${server}`,
      readDeposits: async ({ senderOf }: { senderOf(room: string, session: string): string | undefined }) => {
        asked = senderOf('!r', 's');
        if (unknown && looked.length === 0) return { sessions: [], refused: [{ number: 1, roomId: '!r', sessionId: 's', depositorId: 'acc_lin', code: 'UNKNOWN_MEMBER' }] };
        return { sessions: [{ roomId: '!r', sessionId: 's', copies }], refused: [] };
      },
    },
    account: { viewer: { mxid: '@m-me:x' } },
    trust: { refresh: async (mxids: string[]) => void looked.push(...mxids) },
    vaults: { log: async () => ({ refresh: async () => null }), open: async () => ({}) },
    server: { deposits: async () => (pages-- > 0 ? [{ number: 1, roomId: '!r', sessionId: 's' }] : []), check: async () => undefined },
    homeserver: {
      importSessions: async (exported: string[]) => void imported.push(...exported),
      opensEvent: async (exported: string) => exported === `copy of ${genuine}`,
    },
    attributions: { learn: (_room: string, _session: string, sender: string) => void learnt.push(sender) },
    store: { undecrypted: async () => waiting },
    cursors: { read: async () => null, write: async () => undefined },
    report: () => undefined,
  } as unknown as Dependencies);
  return { read: () => reader.read('prj'), imported, learnt, looked, asked: () => asked };
}

test('a sender’s own copy is taken as it is, and says who wrote', async () => {
  const { read, imported, learnt } = reading({ copies: [copy('lin', true)] });
  await read();
  expect([imported, learnt]).toEqual([['copy of lin'], ['lin']]);
});

test('a candidate who has just come is looked up, for a page is read once', async () => {
  const { read, imported, looked } = reading({ copies: [copy('lin', true)], unknown: true });
  await read();
  expect([imported, looked]).toEqual([['copy of lin'], ['@candidate acc_lin:x']]);
});

test('whose events a session’s are is known from those that wait for their key', async () => {
  const { read, asked } = reading({ copies: [], events: 'lin' });
  await read();
  expect(asked()).toBe('lin');
});

test('a copy of somebody else is taken when it has opened a message, and says nothing of who wrote', async () => {
  const waits = reading({ copies: [copy('bo', false)] });
  await waits.read();
  expect(waits.imported).toEqual([]);
  const opens = reading({ copies: [copy('eve', false), copy('bo', false)], events: 'lin', genuine: 'bo' });
  await opens.read();
  expect([opens.imported, opens.learnt]).toEqual([['copy of bo'], []]);
});

test('where two say that a session is theirs, neither is taken unseen; the sender’s that opens a message is', async () => {
  const copies = [copy('eve', true), copy('lin', true)];
  const unseen = reading({ copies });
  await unseen.read();
  expect([unseen.imported, unseen.learnt]).toEqual([[], []]);
  const seen = reading({ copies, events: 'lin', genuine: 'lin' });
  await seen.read();
  expect([seen.imported, seen.learnt]).toEqual([['copy of lin'], ['lin']]);
});
