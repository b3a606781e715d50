import { BatonError } from '@baton/base';
import { makeMemoryDisk, makeMemoryStore } from '@baton/messaging/testing';
import { ready } from '@baton/vault';
import { makeMemoryDevice, makeTestFirm, type TestFirm } from '@baton/vault/testing';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SessionClaimInvitationDocument, SessionPublicInvitationDocument, SessionViewerDocument } from '../../generated/graphql.ts';
import type { Requester } from '../../platform/graphql/request.ts';
import type { BatonClient, LinkView } from '../contract.ts';
import type { GiveWay } from './lateFiles.ts';
import { makeClient } from './makeClient.ts';

let firm: TestFirm;
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
});

type Client = Awaited<ReturnType<typeof makeClient>>;
const open = new Set<Client>();
afterEach(async () => {
  for (const client of open) await client.stop();
  open.clear();
});

/** What happens to the next requests of a kind. */
type Network = Record<'publicInvitation' | 'claimInvitation', 'works' | 'cut' | 'loses the answer'>;

/** A candidate's browser: its storage outlives its pages, and its network can be cut. */
function makeBrowser() {
  const device = makeMemoryDevice();
  const disks = new Map<string, ReturnType<typeof makeMemoryDisk>>();
  const network: Network = { publicInvitation: 'works', claimInvitation: 'works' };
  const sent: string[] = [];
  const session = { isOver: false };
  const over = async <T>(kind: keyof Network, ask: () => Promise<T>): Promise<T> => {
    sent.push(kind);
    if (network[kind] === 'cut') throw new BatonError('OFFLINE');
    const answer = await ask();
    if (network[kind] === 'loses the answer') throw new BatonError('OFFLINE');
    return answer;
  };
  const request = (async (document: unknown, variables: { id: string; input: Parameters<typeof firm.server.claimInvitation>[0] }) => {
    if (document === SessionPublicInvitationDocument) {
      const answer = await over('publicInvitation', () => firm.server.publicInvitation(variables.id));
      return { publicInvitation: answer && { ...answer, kind: answer.kind.toUpperCase(), state: answer.state.toUpperCase() } };
    }
    if (document === SessionClaimInvitationDocument) {
      return { claimInvitation: await over('claimInvitation', () => claim(variables.input)) };
    }
    if (document === SessionViewerDocument && session.isOver) return { viewer: null };
    throw new BatonError(session.isOver ? 'UNAUTHENTICATED' : 'OFFLINE');
  }) as Requester;
  return {
    network,
    sent,
    session,
    stored: () => [...disks.keys()],
    loadPage: async (loadVault: () => Promise<typeof import('@baton/vault')> = () => import('@baton/vault'), giveWay: GiveWay = () => {}): Promise<Client> => {
      const client = await makeClient({
        origin: 'https://hire.example', request, loadVault, giveWay,
        openDevice: () => device.open(),
        openMessages: async (name) => {
          const disk = disks.get(name) ?? makeMemoryDisk();
          disks.set(name, disk);
          return makeMemoryStore({ disk });
        },
        deleteMessages: async (name) => void disks.delete(name),
        loadMatrix: () => new Promise(() => {}),
        deviceName: async () => 'Safari on iPhone', clock: firm.clock, report: () => {},
      });
      open.add(client);
      return client;
    },
  };
}

async function claim(input: Parameters<typeof firm.server.claimInvitation>[0]) {
  try {
    const { viewer, organisation, matrix } = await firm.server.claimInvitation(input);
    const { accountId, name, email, mxid, hasPassword, organisationId, firmName, sessionId } = viewer;
    const account = { id: accountId, kind: 'CANDIDATE', name, email, mxid, hasPassword };
    return {
      userErrors: [],
      signedIn: { viewer: { account, organisation: { id: organisationId, name: firmName, statement: organisation }, role: null, session: { id: sessionId } }, wraps: [], matrix },
    };
  } catch (error) {
    return { userErrors: [{ code: (error as BatonError).code, message: '' }], signedIn: null };
  }
}

/** What the landing page has read of a link, before anybody checked it. */
const viewOf = ({ conversation, invitation }: ReturnType<TestFirm['link']>): LinkView => ({
  invitationId: invitation.statement.invitation, kind: 'candidate', state: 'open', mine: false, firmName: 'Morgan Search', inviterName: 'Ada Morgan',
  inviteeName: 'Lin', about: 'CFO', role: null, expiresAt: invitation.statement.expiresAt, claimedAt: null, claimedOn: null, conversationId: conversation,
});
const comeIn = (client: BatonClient, made: ReturnType<TestFirm['link']>) => client.account.claimAsCandidate({ link: made.link, view: viewOf(made) });
const signedIn = (client: BatonClient) => {
  const status = client.status.current();
  if (status.phase !== 'signed-in') throw new Error(`nobody is signed in: ${status.phase}`);
  return status;
};
/** The messages of a conversation as its page shows them; the page stays open. */
function read(client: BatonClient, conversationId: string): () => string[] {
  const { state } = client.messaging.openTimeline(conversationId);
  return () => state.current().items.flatMap((item) => (item.kind === 'message' ? [`${item.body} (${item.status})`] : []));
}
const throughAt = (client: BatonClient) => vi.waitFor(() => expect(signedIn(client).claim).toBeUndefined(), { timeout: 10_000 });
const refusedAt = (client: BatonClient) => vi.waitFor(() => expect(signedIn(client).claim?.refused).not.toBeNull(), { timeout: 10_000 });

describe('A candidate who taps Continue', () => {
  test('writes before the vault is there, while the server is asked what the link leads to', async () => {
    const made = firm.link();
    const browser = makeBrowser();
    const client = await browser.loadPage(() => new Promise(() => {}));
    const { conversationId } = await comeIn(client, made);
    await client.messaging.send(conversationId, { body: 'Hello' });
    expect(conversationId).toBe(made.conversation);
    expect(signedIn(client)).toMatchObject({
      messaging: 'starting', viewer: { kind: 'candidate', name: 'Lin', firmName: 'Morgan Search' },
      claim: { conversationId, inviterName: 'Ada Morgan', about: 'CFO', refused: null },
    });
    const messages = read(client, conversationId);
    await vi.waitFor(() => expect(messages()).toEqual(['Hello (queued)']));
    await vi.waitFor(() => expect(browser.sent).toEqual(['publicInvitation']));
  });

  test('has the link checked by what the page was answered of it', async () => {
    const made = firm.link();
    const browser = makeBrowser();
    const client = await browser.loadPage();
    await client.account.inspectLink(made.link);
    await comeIn(client, made);
    await throughAt(client);
    expect(browser.sent).toEqual(['publicInvitation', 'claimInvitation']);
  });

  test('is signed in when the claim is through, and keeps what was written, in its order', async () => {
    const made = firm.link();
    const client = await makeBrowser().loadPage();
    const { conversationId } = await comeIn(client, made);
    const messages = read(client, conversationId);
    const mid = await client.messaging.send(conversationId, { body: 'one' });
    await throughAt(client);
    await client.messaging.send(conversationId, { body: 'two' });
    expect(signedIn(client).viewer.mxid).toMatch(/^@c-[0-9a-f]{32}:baton\.test$/);
    expect(messages()).toEqual(['one (queued)', 'two (queued)']);
    const first = client.messaging.openTimeline(conversationId).state;
    await vi.waitFor(() => expect(first.current().items[0]).toMatchObject({ key: mid, sender: signedIn(client).viewer.mxid }));
  });

  test.each(['publicInvitation', 'claimInvitation'] as const)('is signed in by itself when the network comes back (%s was cut)', async (kind) => {
    const made = firm.link();
    const browser = makeBrowser();
    browser.network[kind] = 'cut';
    const client = await browser.loadPage();
    await comeIn(client, made);
    await vi.waitFor(() => expect(signedIn(client).failure).toEqual({ code: 'OFFLINE' }));
    browser.network[kind] = 'works';
    await throughAt(client);
    expect(signedIn(client).failure).toBeUndefined();
  });

  test('is signed in by itself when a file of the application comes after all; another worker is asked for meanwhile', async () => {
    const made = firm.link();
    let tries = 0;
    const needed: (() => boolean)[] = [];
    const loadVault = async () => {
      tries += 1;
      if (tries < 3) throw new TypeError('Failed to fetch dynamically imported module');
      return import('@baton/vault');
    };
    const client = await makeBrowser().loadPage(loadVault, (isNeeded) => needed.push(isNeeded));
    await comeIn(client, made);
    await vi.waitFor(() => expect(signedIn(client).failure).toEqual({ code: 'OFFLINE' }));
    expect(needed.map((isNeeded) => isNeeded())).toContain(true);
    await throughAt(client);
    expect(needed.map((isNeeded) => isNeeded())).not.toContain(true);
  });

  test.each(['cut', 'loses the answer'] as const)('loses nothing when the page is loaded again before the claim is through (the network %s)', async (trouble) => {
    const made = firm.link();
    const browser = makeBrowser();
    browser.network.claimInvitation = trouble;
    const before = await browser.loadPage();
    const { conversationId } = await comeIn(before, made);
    const mids = [await before.messaging.send(conversationId, { body: 'one' }), await before.messaging.send(conversationId, { body: 'two' })];
    await before.messaging.saveDraft(conversationId, 'thr');
    await vi.waitFor(() => expect(browser.sent).toContain('claimInvitation'));
    await before.stop();
    browser.network.claimInvitation = 'works';

    const after = await browser.loadPage();
    const { state } = after.messaging.openTimeline(conversationId);
    await vi.waitFor(() => expect(state.current().items.map(({ key }) => key)).toEqual(mids));
    expect(after.messaging.rooms.current()).toMatchObject([{ roomId: conversationId, draft: 'thr' }]);
    await throughAt(after);
    expect(state.current().items.map(({ key }) => key)).toEqual(mids);
    expect(browser.stored()).toHaveLength(1);
  });

  test('goes on after a reload between the claim and what was noted of it', async () => {
    const made = firm.link();
    const browser = makeBrowser();
    const vault = await import('@baton/vault');
    // The claim is kept by the vault, and the page dies at once.
    const dying = await browser.loadPage(async () => ({ ...vault, claimAsCandidate: async (...given) => (await vault.claimAsCandidate(...given), await new Promise(() => {})) }));
    const { conversationId } = await comeIn(dying, made);
    await dying.messaging.send(conversationId, { body: 'one' });
    await vi.waitFor(() => expect(browser.sent).toContain('claimInvitation'));
    await dying.stop();
    const after = await browser.loadPage();
    await throughAt(after);
    expect(browser.sent.filter((kind) => kind === 'claimInvitation')).toHaveLength(1);
    const messages = read(after, conversationId);
    await vi.waitFor(() => expect(messages()).toEqual(['one (queued)']));
  });

  test('comes in once, however often it is tapped', async () => {
    const made = firm.link();
    const client = await makeBrowser().loadPage();
    expect(await comeIn(client, made)).toEqual(await comeIn(client, made));
    await throughAt(client);
    await expect(comeIn(client, firm.link())).rejects.toMatchObject({ code: 'ALREADY_SIGNED_IN' });
  });
});

describe('A claim that is refused', () => {
  test('of a link that somebody else claimed meanwhile is said, and what was written stays, after a reload too', async () => {
    const made = firm.link();
    await firm.come(made.link);
    const browser = makeBrowser();
    const client = await browser.loadPage();
    const { conversationId } = await comeIn(client, made);
    await client.messaging.send(conversationId, { body: 'Hello' });
    await refusedAt(client);
    expect(signedIn(client)).toMatchObject({ messaging: 'failed', claim: { refused: { code: 'ALREADY_CLAIMED' } } });
    await client.stop();

    const again = await browser.loadPage();
    expect(signedIn(again)).toMatchObject({ messaging: 'failed', claim: { refused: { code: 'ALREADY_CLAIMED' } } });
    const messages = read(again, conversationId);
    await vi.waitFor(() => expect(messages()).toEqual(['Hello (queued)']));
    await again.account.signOut();
    expect(again.status.current()).toEqual({ phase: 'signed-out', because: 'SIGNED_OUT' });
    expect(browser.stored()).toEqual([]);
  });

  test('of a link whose words were forged claims nothing', async () => {
    const made = firm.link();
    const browser = makeBrowser();
    const client = await browser.loadPage();
    const view = { ...viewOf(made), conversationId: firm.link().conversation };
    await client.account.claimAsCandidate({ link: made.link, view });
    await refusedAt(client);
    expect(signedIn(client).claim?.refused).toEqual({ code: 'LINK_FORGED' });
    expect(browser.sent).not.toContain('claimInvitation');
  });

  test('gives way to a new link, which takes along what was written for the same conversation', async () => {
    const used = firm.link();
    await firm.come(used.link);
    const client = await makeBrowser().loadPage();
    const { conversationId } = await comeIn(client, used);
    await client.messaging.send(conversationId, { body: 'Hello' });
    await refusedAt(client);
    const fresh = firm.link(firm.partner, conversationId);
    await comeIn(client, fresh);
    await throughAt(client);
    const messages = read(client, conversationId);
    await vi.waitFor(() => expect(messages()).toEqual(['Hello (queued)']));
  });

  test('gives way to a link of another conversation, which starts afresh', async () => {
    const used = firm.link();
    await firm.come(used.link);
    const client = await makeBrowser().loadPage();
    await comeIn(client, used);
    await refusedAt(client);
    const fresh = firm.link();
    await comeIn(client, fresh);
    await throughAt(client);
    expect(read(client, fresh.conversation)()).toEqual([]);
  });

  test.each([['claimed', 'ALREADY_CLAIMED'], ['expired', 'LINK_EXPIRED'], ['revoked', 'LINK_REVOKED']] as const)('is not even begun where the page reads that the link is %s', async (state, code) => {
    const made = firm.link();
    const client = await makeBrowser().loadPage();
    await expect(client.account.claimAsCandidate({ link: made.link, view: { ...viewOf(made), state } })).rejects.toMatchObject({ code });
    expect(client.status.current()).toEqual({ phase: 'signed-out' });
  });
});

describe('A session that the server has ended', () => {
  test('ends here with the first request that is told so', async () => {
    const browser = makeBrowser();
    const client = await browser.loadPage();
    await comeIn(client, firm.link());
    await throughAt(client);
    browser.session.isOver = true;
    await expect(client.conversations.refresh()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await vi.waitFor(() => expect(client.status.current()).toEqual({ phase: 'signed-out', because: 'SESSION_ENDED' }));
  });

  test('is not taken for a claim that is still on its way', async () => {
    const browser = makeBrowser();
    browser.network.claimInvitation = 'cut';
    browser.session.isOver = true;
    const client = await browser.loadPage();
    await comeIn(client, firm.link());
    await client.account.confirmSession();
    expect(signedIn(client).claim).toBeDefined();
  });

  test('can be signed out of', async () => {
    const browser = makeBrowser();
    const client = await browser.loadPage();
    await comeIn(client, firm.link());
    await throughAt(client);
    browser.session.isOver = true;
    await client.account.signOut();
    expect(client.status.current()).toMatchObject({ phase: 'signed-out' });
  });
});
