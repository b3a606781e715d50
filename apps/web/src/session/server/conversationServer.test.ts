import { expect, test } from 'vitest';
import type { Requester } from '../../platform/graphql/request.ts';
import { makeConversationServer } from './conversationServer.ts';

const input = { conversationId: 'con_2', candidacyId: 'can_1', about: 'Head of Platform', invitation: {} as never, sealedSecret: 'x' };
const open = (openConversation: object) => makeConversationServer((async () => ({ openConversation })) as Requester).open(input);

test('opening a conversation that is there already says which one it is', async () => {
  const answer = open({ conversation: { id: 'con_1' }, userErrors: [{ code: 'ALREADY_OPEN', field: 'candidacyId', message: '' }] });
  await expect(answer).rejects.toMatchObject({ code: 'ALREADY_OPEN', details: { conversationId: 'con_1' } });
});

test('another refusal keeps its code', async () => {
  const answer = open({ conversation: null, userErrors: [{ code: 'CANDIDATE_BLOCKED', field: 'candidacyId', message: '' }] });
  await expect(answer).rejects.toMatchObject({ code: 'CANDIDATE_BLOCKED' });
});

test('what was opened is answered', async () => {
  await expect(open({ conversation: { id: 'con_2' }, userErrors: [] })).resolves.toEqual({ id: 'con_2' });
});
