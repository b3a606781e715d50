import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show, type JSX } from 'solid-js';
import { UpdateProfileDocument } from '../../generated/graphql.ts';
import { useViewer } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { queryKeys } from '../../platform/graphql/queries.ts';
import { request, throwUserErrors } from '../../platform/graphql/request.ts';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './settings.messages.ts';
import styles from './settings.module.css';

/** One's name, as others see it. */
export function Profile(): JSX.Element {
  const viewer = useViewer();
  const queries = useQueryClient();
  const [name, setName] = createSignal(viewer()?.name ?? '');
  const [kept, setKept] = createSignal(name());
  const submit = createSubmit(
    async () => {
      const { updateProfile } = await request(UpdateProfileDocument, { input: { name: name().trim() } });
      throwUserErrors(updateProfile.userErrors);
      setKept(updateProfile.account?.name ?? name());
      setName(kept());
      void queries.invalidateQueries({ queryKey: [queryKeys.members] });
      showToast(t('saved'));
    },
    { NAME_NEEDS_LETTER: 'name', TOO_LONG: 'name', REQUIRED: 'name' },
  );
  return (
    <form class={styles['profile']} onSubmit={submit.onSubmit}>
      <Avatar name={name()} id={viewer()?.accountId ?? ''} size={56} />
      <div class={styles['fields']}>
        <TextField label={t('name')} hint={t('nameHint')} required maxLength={200} autocomplete="name" value={name()} onValue={setName} error={submit.errorAt('name')} />
        <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
        <p class={styles['identity']}>
          {viewer()?.email}
          <Show when={viewer()?.role}>{(role) => <Badge tone="accent">{t(`role.${role()}`)}</Badge>}</Show>
        </p>
      </div>
      <Button type="submit" disabled={name().trim() === kept() || name().trim() === ''} busy={submit.busy()}>
        {t('save')}
      </Button>
    </form>
  );
}
