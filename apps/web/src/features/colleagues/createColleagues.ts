import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import {
  ColleagueInvitationsDocument,
  ColleaguesDocument,
  EndColleagueSessionsDocument,
  RevokeColleagueInvitationDocument,
  type ColleagueInvitationsQuery,
  type ColleaguesQuery,
} from '../../generated/graphql.ts';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { queryKeys } from '../../platform/graphql/queries.ts';
import { request, throwUserErrors } from '../../platform/graphql/request.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './colleagues.messages.ts';

export type Colleague = NonNullable<ColleaguesQuery['viewer']>['organisation']['members'][number];
export type ColleagueInvitation = ColleagueInvitationsQuery['colleagueInvitations'][number];

/** Who works here, who is invited, and what a partner may do about it. */
export function createColleagues() {
  const client = useClient();
  const viewer = useViewer();
  const queries = useQueryClient();
  const isPartner = (): boolean => viewer()?.role === 'PARTNER';
  const firm = useQuery(() => ({ queryKey: [queryKeys.members], queryFn: ({ signal }) => request(ColleaguesDocument, undefined, { signal }) }));
  const invitations = useQuery(() => ({
    queryKey: [queryKeys.invitations],
    queryFn: ({ signal }: { signal: AbortSignal }) => request(ColleagueInvitationsDocument, undefined, { signal }),
    enabled: isPartner(),
  }));
  const said = (error: unknown): void => {
    showToast(errorText(error), { tone: 'bad' });
  };
  const endSessions = useMutation(() => ({
    mutationFn: async (colleague: Colleague) => {
      const { endMemberSessions } = await request(EndColleagueSessionsDocument, { input: { memberId: colleague.id } });
      throwUserErrors(endMemberSessions.userErrors);
    },
    onSuccess: (_, colleague) => {
      showToast(t('ended', colleague.name));
      void queries.invalidateQueries({ queryKey: [queryKeys.members] });
    },
    onError: said,
  }));
  const letGo = useMutation(() => ({
    mutationFn: (colleague: Colleague) => client.account.endColleague(colleague.id),
    onSuccess: (_, colleague) => {
      showToast(t('letGo.done', colleague.name));
      void queries.invalidateQueries({ queryKey: [queryKeys.members] });
    },
    onError: said,
  }));
  const revoke = useMutation(() => ({
    mutationFn: async (invitation: ColleagueInvitation) => {
      const { revokeInvitation } = await request(RevokeColleagueInvitationDocument, { input: { invitationId: invitation.id } });
      throwUserErrors(revokeInvitation.userErrors);
    },
    onSuccess: (_, invitation) => {
      showToast(t('revoked', invitation.inviteeName));
      void queries.invalidateQueries({ queryKey: [queryKeys.invitations] });
    },
    onError: said,
  }));
  const members = (): readonly Colleague[] => firm.data?.viewer?.organisation.members ?? [];
  return {
    firm,
    isPartner,
    firmName: () => firm.data?.viewer?.organisation.name ?? viewer()?.firmName ?? '',
    /** Who works here now, oneself first. */
    present: () => members().filter((member) => member.endedAt === null).toSorted((a, b) => Number(b.id === viewer()?.accountId) - Number(a.id === viewer()?.accountId)),
    gone: () => members().filter((member) => member.endedAt !== null),
    open: () => (invitations.data?.colleagueInvitations ?? []).filter((invitation) => invitation.state === 'OPEN'),
    refreshInvitations: () => void queries.invalidateQueries({ queryKey: [queryKeys.invitations] }),
    endSessions,
    letGo,
    revoke,
  };
}
