import { isBatonError } from '@baton/base';
import { useQuery } from '@tanstack/solid-query';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';
import { InboxCandidacyDocument } from '../../../generated/graphql.ts';
import { useClient } from '../../../platform/client/clientContext.ts';
import { request } from '../../../platform/graphql/request.ts';
import { locale } from '../../../platform/preferences/preferences.ts';
import { Banner } from '../../../ui/banner/Banner.tsx';
import { FormDialog } from '../../../ui/dialog/FormDialog.tsx';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import { t } from '../inbox.messages.ts';
import { candidacyKey } from '../side/createCandidacy.ts';

export interface NewConversationProps {
  candidacyId: string;
  onClose(): void;
  /** `fresh` is false when there was a conversation with this candidate already. */
  onOpened(conversationId: string, fresh: boolean): void;
}

const refusals = { NOT_ALLOWED: 'create.notAllowed', FORBIDDEN: 'create.notAllowed', CANDIDATE_BLOCKED: 'create.blocked', ALREADY_OPEN: 'create.alreadyOpen' } as const;
const codeOf = (error: unknown) => (isBatonError(error) ? error.code : '') as keyof typeof refusals;

/** Opens a conversation with a candidate of a project: one line on what it is about, and room and link are there. */
export function NewConversation(props: NewConversationProps): JSX.Element {
  const client = useClient();
  const query = useQuery(() => ({
    queryKey: candidacyKey(null, props.candidacyId),
    queryFn: ({ signal }) => request(InboxCandidacyDocument, { id: props.candidacyId }, { signal }),
    suspense: false,
    throwOnError: false,
    retry: 1,
  }));
  const candidacy = () => (query.isSuccess ? (query.data?.candidacy ?? null) : null);
  const [about, setAbout] = createSignal('');
  const [touched, setTouched] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<unknown>(null);

  /** How the candidate comes to it; unsaid while nobody knows. */
  const whatNext = (): string => {
    const found = candidacy();
    if (!found) return '';
    return found.needsLink ? t('create.byLink') : t('create.withoutLink', found.person.name);
  };

  createEffect(
    on(candidacy, (found) => {
      if (!found) return;
      if (found.conversation) return props.onOpened(found.conversation.id, false);
      if (about() === '') setAbout(found.project.publicTitle);
    }),
  );

  async function submit(): Promise<void> {
    setTouched(true);
    setFailure(null);
    if (busy() || about().trim() === '') return;
    setBusy(true);
    try {
      const opened = await client.conversations.open({ candidacyId: props.candidacyId, candidateName: candidacy()?.person.name ?? '', about: about().trim() });
      props.onOpened(opened.conversationId, true);
    } catch (error) {
      if (isBatonError(error, 'ALREADY_OPEN') && typeof error.details['conversationId'] === 'string') return props.onOpened(error.details['conversationId'], false);
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <FormDialog
      onClose={props.onClose}
      title={candidacy() ? t('create.titleWith', candidacy()!.person.name) : t('create.title')}
      description={[t('create.text'), whatNext()].join(locale.value() === 'en' ? ' ' : '')}
      submit={t('create.submit')}
      busy={busy()}
      onSubmit={() => void submit()}
    >
      <Show when={query.isError}>
        <Banner tone="warn">{t('create.loadFailed')}</Banner>
      </Show>
      <TextField
        label={t('create.about')}
        hint={t('create.aboutHint')}
        value={about()}
        onValue={setAbout}
        error={touched() && about().trim() === '' ? t('create.missingAbout') : undefined}
        autocomplete="off"
        data-autofocus
      />
      <Show when={failure()}>{(refused) => <Banner tone="bad">{t(refusals[codeOf(refused())] ?? 'create.failed')}</Banner>}</Show>
    </FormDialog>
  );
}
