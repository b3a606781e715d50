import { createResource, createSignal, type Accessor } from 'solid-js';
import { useClient } from '../../../platform/client/clientContext.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';

/** The link of a conversation's newest invitation, as far as this account may see it, and its renewal. */
export function createLink(conversation: Accessor<ConversationSummary>) {
  const client = useClient();
  const [busy, setBusy] = createSignal(false);
  const wanted = () => {
    const { invitation, state } = conversation();
    return state === 'INVITED' && invitation?.mine && invitation.state === 'OPEN' ? invitation.id : null;
  };
  const [link, { mutate, refetch }] = createResource(wanted, (invitationId) => client.conversations.linkOf(invitationId));

  return {
    /** Null while it loads, and when another colleague made it. */
    link: () => (wanted() === null || link.state !== 'ready' ? null : link()),
    failed: () => link.state === 'errored',
    again: () => void refetch(),
    busy,
    /** Makes a new link, for who has not come yet or, with `letBackIn`, for who has lost every way back. */
    async renew(options?: { letBackIn: boolean }): Promise<void> {
      setBusy(true);
      try {
        const { link: fresh } = await client.conversations.renewLink(conversation().conversationId, ...(options ? [options] : []));
        mutate(fresh);
        showToast(t('link.renewed'));
      } catch {
        showToast(t('link.renewFailed'), { tone: 'bad' });
      } finally {
        setBusy(false);
      }
    },
  };
}
