import { BatonError } from '@baton/base';
import { render, screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { Match, Switch } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClientContext } from '../../platform/client/clientContext.ts';
import { locale } from '../../platform/preferences/preferences.ts';
import type { LinkView } from '../../session/contract.ts';
import { makeFakeClient, sampleViewer, type FakeClient, type FakeClientOptions } from '../../session/testing/makeFakeClient.ts';
import { makeSampleThreads } from '../../session/testing/sampleThreads.ts';
import { answerRequests } from '../../testing/answerRequests.ts';
import { Toaster } from '../../ui/toast/Toaster.tsx';
import { InvitationPage } from './invitation/InvitationPage.tsx';
import { makePlace, PlaceContext } from './place.ts';
import { TalkPage } from './talk/TalkPage.tsx';

const { conversations, rooms } = makeSampleThreads(new Date(2026, 10, 20, 15).getTime());
const [talk, other] = conversations as [(typeof conversations)[number], (typeof conversations)[number]];
const viewer = { ...sampleViewer, kind: 'candidate' as const, name: '王思远', mxid: talk.candidate!.mxid, role: null, email: null, hasPassword: false };
const open: LinkView = {
  invitationId: 'inv_1', kind: 'candidate', state: 'open', mine: false, firmName: 'Harbor Search', inviterName: 'Mei Lin', inviteeName: '王思远',
  about: 'Head of Platform at a data company', role: null, expiresAt: '2026-12-03T00:00:00Z', claimedAt: null, claimedOn: null, conversationId: talk.conversationId,
};

beforeEach(() => locale.set('en'));
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

function show(path: string, options: FakeClientOptions): { client: FakeClient; where: () => string } {
  const client = makeFakeClient({ viewer, ...options });
  history.replaceState(null, '', path);
  const place = makePlace();
  const talked = () => /^\/talk(?:\/(.+))?$/.exec(place.path());
  render(() => (
    <ClientContext.Provider value={client}>
      <PlaceContext.Provider value={place}>
        <Switch fallback={<p>Elsewhere</p>}>
          <Match when={place.path().startsWith('/c/')}>
            <InvitationPage path={place.path().slice('/c/'.length)} />
          </Match>
          <Match when={talked()}>
            {(found) => (
              <TalkPage
                conversationId={found()[1]}
                thread={(props) => (
                  <div>
                    <p>Thread in {props.roomId}</p>
                    {props.notice}
                    {props.closed ? <p>{props.closed}</p> : <button onClick={() => props.onSent?.()}>Send to {props.to}</button>}
                  </div>
                )}
              />
            )}
          </Match>
        </Switch>
      </PlaceContext.Provider>
      <Toaster />
    </ClientContext.Provider>
  ));
  return { client, where: () => location.pathname + location.search + location.hash };
}

const showLink = (view: Partial<LinkView> | BatonError, account: FakeClientOptions['account'] = {}) =>
  show('/c/inv_1', {
    status: { phase: 'signed-out' },
    account: {
      inspectLink: async () => {
        if (view instanceof BatonError) throw view;
        return { ...open, ...view };
      },
      ...account,
    },
  });

describe('a link', () => {
  test('says who writes, for which role and how it is protected, and claims nothing by itself', async () => {
    const { client } = showLink({});
    expect(await screen.findByRole('heading', { name: 'Mei Lin would like to talk with you' })).toBeTruthy();
    expect(screen.getByText('About: Head of Platform at a data company')).toBeTruthy();
    expect(screen.getByText('Encrypted end to end')).toBeTruthy();
    expect(client.calls.map(({ name }) => name)).toEqual(['inspectLink']);
  });

  test('Continue claims it and goes to the chat', async () => {
    const { client, where } = showLink({}, { claimAsCandidate: async () => ({ conversationId: talk.conversationId }) });
    await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(client.calls.filter(({ name }) => name === 'claimAsCandidate')).toHaveLength(1);
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
  });

  test('speaks the other language at a tap', async () => {
    showLink({});
    await userEvent.click(await screen.findByRole('button', { name: '切换到中文' }));
    expect(screen.getByRole('heading', { name: 'Mei Lin想和您聊聊' })).toBeTruthy();
    expect(screen.getByRole('button', { name: '继续' })).toBeTruthy();
  });

  test('can be tried again when there was no connection', async () => {
    showLink({}, { claimAsCandidate: () => Promise.reject(new BatonError('OFFLINE')) });
    await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was opened');
    expect(screen.getByRole('button', { name: 'Continue' })).toBeTruthy();
  });

  test('that somebody else was faster to claim says so', async () => {
    let state: LinkView['state'] = 'open';
    showLink({}, {
      inspectLink: async () => ({ ...open, state, claimedAt: '2026-11-20T06:00:00Z', claimedOn: 'Safari on iPhone' }),
      claimAsCandidate: () => {
        state = 'claimed';
        return Promise.reject(new BatonError('ALREADY_CLAIMED'));
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('heading', { name: 'This link was used already' })).toBeTruthy();
    expect(screen.getByText(/Safari on iPhone/)).toBeTruthy();
  });

  test.each([
    ['expired', 'This invitation has expired', /Ask Mei Lin for a new link/],
    ['revoked', 'This invitation was withdrawn', /ask them for a new link/],
    ['claimed', 'This link was used already', /Tell Mei Lin/],
  ] as const)('that is %s says what to do', async (state, title, advice) => {
    showLink({ state });
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
    expect(screen.getByText(advice)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });

  test.each([
    ['LINK_BROKEN', 'This link is not complete'],
    ['LINK_UNKNOWN', 'This invitation does not exist'],
    ['LINK_FORGED', 'This link could not be verified'],
    ['OFFLINE', 'There is no connection'],
    ['INTERNAL', 'The invitation could not be opened'],
  ])('with %s is explained', async (code, title) => {
    showLink(new BatonError(code));
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  });

  test('that this browser claimed goes straight in', async () => {
    const { where } = showLink({ state: 'claimed', mine: true });
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
  });

  test('of a colleague goes where colleagues join', async () => {
    const { where } = showLink({ kind: 'colleague' });
    await waitFor(() => expect(where()).toContain('/join/inv_1'));
  });

  test('that is not expected is reported', async () => {
    const { client } = showLink({}, { reportLink: async () => {} });
    await userEvent.click(await screen.findByRole('button', { name: 'Tell us' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'I am somebody else');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Report this invitation' }));
    expect(await screen.findByRole('heading', { name: 'Thank you' })).toBeTruthy();
    expect(client.calls.find(({ name }) => name === 'reportLink')?.args[0]).toMatchObject({ reason: 'I am somebody else' });
  });
});

describe('a link whose # became %23 on its way', () => {
  const secret = `${'s'.repeat(43)}.${'r'.repeat(43)}`;
  beforeEach(() => history.pushState(null, '', `/c/inv_1%23${secret}`));
  afterEach(() => {
    history.pushState(null, '', '/');
    vi.unstubAllGlobals();
  });

  test('is not opened, says why, and names whom to ask; nothing of its secret is sent or kept in the address', async () => {
    const asked = answerRequests({
      CandidateInvitation: {
        publicInvitation: {
          id: 'inv_1', kind: 'CANDIDATE', state: 'OPEN', firmName: 'Harbor Search', inviterName: 'Mei Lin', inviteeName: null, about: null,
          role: null, expiresAt: '2026-12-03T00:00:00Z', claimedAt: null, claimedOn: null, statement: null,
        },
      },
    });
    const { client } = show(`/c/inv_1%23${secret}`, { status: { phase: 'signed-out' } });
    expect(await screen.findByRole('heading', { name: 'This link was changed on its way' })).toBeTruthy();
    expect(screen.getByText(/Ask Mei Lin for a new link/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    expect(asked.map(({ variables }) => variables)).toEqual([{ id: 'inv_1' }]);
    expect(client.calls).toEqual([]);
    expect(location.pathname).toBe('/c/inv_1%23');
  });
});

describe('before the link could be checked', () => {
  const words = {
    id: 'inv_1', kind: 'CANDIDATE', state: 'OPEN', firmName: 'Harbor Search', inviterName: 'Mei Lin', inviteeName: '王思远', about: 'Head of Platform',
    role: null, expiresAt: '2026-12-03T00:00:00Z', claimedAt: null, claimedOn: null, statement: { statement: { for: { kind: 'candidate', conversation: talk.conversationId } } },
  };
  const answer = (said: object | null) => vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ data: { publicInvitation: said } })));
  afterEach(() => vi.unstubAllGlobals());

  test('the server’s words are shown, and Continue takes them along', async () => {
    answer(words);
    const { client, where } = showLink({}, { inspectLink: () => new Promise(() => {}), claimAsCandidate: async () => ({ conversationId: talk.conversationId }) });
    await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
    expect(client.calls.find(({ name }) => name === 'claimAsCandidate')?.args[0]).toMatchObject({ view: { invitationId: 'inv_1', state: 'open', conversationId: talk.conversationId } });
  });

  test('a check that fails takes them off the screen again', async () => {
    answer(words);
    let refuse = (): void => {};
    showLink({}, { inspectLink: () => new Promise((_, reject) => (refuse = () => reject(new BatonError('LINK_FORGED')))) });
    expect(await screen.findByRole('button', { name: 'Continue' })).toBeTruthy();
    refuse();
    expect(await screen.findByRole('heading', { name: 'This link could not be verified' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });

  test('a check that could not be made leaves them: the claim checks again', async () => {
    answer(words);
    const { client } = showLink(new BatonError('OFFLINE'));
    await waitFor(() => expect(client.calls.map(({ name }) => name)).toContain('inspectLink'));
    expect(screen.getByRole('button', { name: 'Continue' })).toBeTruthy();
  });

  test('nobody is told that a link was used who may have used it in this browser', async () => {
    answer({ ...words, state: 'CLAIMED' });
    const { where } = showLink({ state: 'claimed', mine: true });
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
  });
});

describe('until the claim is through', () => {
  const claim = { invitationId: 'inv_1', conversationId: talk.conversationId, inviterName: 'Mei Lin', about: 'Head of Platform', refused: null };
  const claiming = (over: object = {}, messaging: 'starting' | 'failed' = 'starting'): FakeClientOptions => ({
    status: { phase: 'signed-in', viewer: { ...viewer, mxid: '' }, messaging, claim: { ...claim, ...over } },
    conversations: [],
  });

  test('the conversation opens with what the invitation said, also where the address names none', async () => {
    const { where } = show('/talk', claiming());
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
    expect(screen.getByRole('heading', { name: 'Mei Lin' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send to Mei Lin' })).toBeTruthy();
  });

  test('its link leads back there', async () => {
    const { where } = show('/c/inv_1', claiming());
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
  });

  test('nothing is offered that only the server can do', async () => {
    show(`/talk/${talk.conversationId}`, claiming());
    await userEvent.click(await screen.findByRole('button', { name: 'Menu' }));
    const names = within(await screen.findByRole('dialog')).getAllByRole('button').map((button) => button.textContent);
    expect(names).toContain('Who can read this');
    expect(names).not.toContain('Set a password');
    expect(names).not.toContain('Leave conversation');
  });

  test('without a network it says that nothing is lost', async () => {
    show(`/talk/${talk.conversationId}`, { ...claiming(), status: { phase: 'signed-in', viewer, messaging: 'starting', failure: { code: 'OFFLINE' }, claim } });
    expect((await screen.findByRole('status')).textContent).toMatch(/goes out by itself once you are online/);
  });

  test.each([
    ['ALREADY_CLAIMED', 'This link was used already'],
    ['LINK_EXPIRED', 'This invitation has expired'],
    ['LINK_FORGED', 'This link could not be verified'],
  ])('refused with %s, it says so and gives back what was written', async (code, title) => {
    const copied = vi.fn(async () => {});
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: copied }, configurable: true });
    const { client } = show(`/talk/${talk.conversationId}`, {
      ...claiming({ refused: { code } }, 'failed'),
      rooms: { [talk.conversationId]: { items: [], draft: 'and one more thi' } },
      account: { signOut: async () => {} },
    });
    await client.messaging.send(talk.conversationId, { body: 'Yes, gladly.' });
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
    expect(await screen.findByText('Yes, gladly.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Copy what I wrote' }));
    expect(copied).toHaveBeenCalledWith('Yes, gladly.\n\nand one more thi');
    await userEvent.click(screen.getByRole('button', { name: 'Delete it from this browser' }));
    expect(client.calls.map(({ name }) => name)).toContain('signOut');
  });
});

describe('the chat', () => {
  const showTalk = (options: FakeClientOptions = {}) => show('/talk', { conversations: [talk], rooms: { [talk.roomId]: { items: [] } }, ...options });

  test('lets its reader switch read receipts off', async () => {
    const { client } = showTalk();
    await userEvent.click(await screen.findByRole('button', { name: 'Menu' }));
    const receipts = await screen.findByRole('switch', { name: 'Read receipts' });
    expect((receipts as HTMLInputElement).checked).toBe(true);
    await userEvent.click(receipts);
    expect(client.messaging.readReceipts.current()).toBe(false);
    await waitFor(() => expect((screen.getByRole('switch', { name: 'Read receipts' }) as HTMLInputElement).checked).toBe(false));
  });

  test('says once that there is no connection, and not any more when there is one', async () => {
    const { client } = showTalk();
    await screen.findByRole('heading', { name: 'Mei Lin' });
    client.setConnection('offline');
    expect(await screen.findAllByText(/There is no connection right now/)).toHaveLength(1);
    client.setConnection('online');
    await waitFor(() => expect(screen.queryByText(/There is no connection right now/)).toBeNull());
  });

  test('opens the only conversation, with who and what for', async () => {
    const { where } = showTalk();
    await waitFor(() => expect(where()).toBe(`/talk/${talk.conversationId}`));
    expect(screen.getByRole('heading', { name: 'Mei Lin' })).toBeTruthy();
    expect(screen.getByText(/Harbor Search · Head of Platform/)).toBeTruthy();
  });

  test('lets one write while the keys are being made', async () => {
    show(`/talk/${talk.conversationId}`, { status: { phase: 'signed-in', viewer, messaging: 'starting' }, conversations: [] });
    expect(await screen.findByText(`Thread in ${talk.conversationId}`)).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Send/ })).toBeTruthy();
    expect(screen.getByRole('status').textContent).toMatch(/You can write already/);
  });

  test('lists several', async () => {
    showTalk({ conversations: [talk, { ...other, ownerName: 'Jonas Weber' }], rooms });
    expect(await screen.findByRole('link', { name: /Jonas Weber, Harbor Search/ })).toBeTruthy();
  });

  test('offers a password after the first message, not before, and not again after a no', async () => {
    showTalk();
    await userEvent.click(await screen.findByRole('button', { name: 'Send to Mei Lin' }));
    const card = await screen.findByRole('region', { name: 'Answer from any device' });
    await userEvent.click(within(card).getByRole('button', { name: 'Not now' }));
    expect(screen.queryByRole('region', { name: 'Answer from any device' })).toBeNull();
  });

  test('sets it with an e-mail address, saying what is wrong in its place', async () => {
    const { client } = showTalk({ account: { setPassword: async () => {} } });
    await userEvent.click(await screen.findByRole('button', { name: 'Send to Mei Lin' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Set a password' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'E-mail' }), 'siyuan@lumen.example');
    await userEvent.type(within(dialog).getByLabelText('Password'), 'short');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await within(dialog).findByText(/too easy to guess/)).toBeTruthy();
    await userEvent.type(within(dialog).getByLabelText('Password'), ' but longer now');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('dialog', { name: 'Password set' })).toBeTruthy();
    expect(client.calls.find(({ name }) => name === 'setPassword')?.args).toEqual([{ email: 'siyuan@lumen.example', newPassword: 'short but longer now' }]);
  });

  test('says who can read', async () => {
    showTalk();
    await userEvent.click(await screen.findByRole('button', { name: 'Encrypted. Who can read this?' }));
    const sheet = await screen.findByRole('dialog');
    expect(sheet.textContent).toContain('project team (3): Mei Lin, Jonas Weber, and Ana Costa');
    expect(sheet.textContent).not.toContain('has checked it');
  });

  test('says it by the signed list where that is at hand, and counts whoever is on it', async () => {
    const team = makeSampleThreads(0).conversations[0]!.team;
    const roster = [team[0]!.accountId, team[1]!.accountId, 'acc_unheard_of', 'acc_another'].map((accountId) => ({ accountId, role: 'member' as const }));
    showTalk({ vault: { readers: async () => ({ team: roster, epoch: 1, handovers: [] }) } });
    await userEvent.click(await screen.findByRole('button', { name: 'Encrypted. Who can read this?' }));
    expect(await screen.findByText(/project team \(4\): Mei Lin and Jonas Weber/)).toBeTruthy();
    expect(screen.getByText(/your browser has checked it/)).toBeTruthy();
  });

  const leave = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Menu' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Leave conversation' }));
    const dialog = await screen.findByRole('dialog', { name: 'Leave this conversation?' });
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Leave' }));
  };

  test('is left some seconds after one said so', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { client } = showTalk({ commands: { leave: async () => {} } });
    await leave();
    expect(screen.getByText(/You left this conversation/)).toBeTruthy();
    await screen.findByText('Undo');
    expect(client.calls.map(({ name }) => name)).not.toContain('leave');
    await vi.advanceTimersByTimeAsync(6_500);
    expect(client.calls).toContainEqual({ name: 'leave', args: [talk.conversationId, { block: true }] });
  });

  test('is not left when one takes it back', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { client } = showTalk({ commands: { leave: async () => {} } });
    await leave();
    await userEvent.click(await screen.findByText('Undo'));
    await vi.advanceTimersByTimeAsync(6_500);
    expect(client.calls.map(({ name }) => name)).not.toContain('leave');
    expect(screen.getByRole('button', { name: 'Send to Mei Lin' })).toBeTruthy();
  });

  test('shows the way back in to whoever is not signed in here', async () => {
    show(`/talk/${talk.conversationId}`, { status: { phase: 'signed-out', because: 'SESSION_ENDED' } });
    expect(await screen.findByText(/what you wrote is kept/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toContain('/sign-in?next=');
  });
});
