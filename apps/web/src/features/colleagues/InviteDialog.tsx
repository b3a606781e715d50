import { createSignal, Show, type JSX } from 'solid-js';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import type { Role } from '../../generated/graphql.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { LinkShare } from '../../ui/link-share/LinkShare.tsx';
import { Select } from '../../ui/select/Select.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { t } from './colleagues.messages.ts';
import styles from './colleagues.module.css';

const roles: readonly Role[] = ['CONSULTANT', 'RESEARCHER', 'PARTNER'];

/** Whom to invite as what, then the link. `known` opens it at the link of an invitation made before. */
export function InviteDialog(props: { open: boolean; known?: { name: string; link: string } | undefined; onClose(): void; onInvited(): void }): JSX.Element {
  return (
    <Show when={props.open}>
      <Inside known={props.known} onClose={() => props.onClose()} onInvited={() => props.onInvited()} />
    </Show>
  );
}

function Inside(props: { known?: { name: string; link: string } | undefined; onClose(): void; onInvited(): void }): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const [name, setName] = createSignal(props.known?.name ?? '');
  const [role, setRole] = createSignal<Role>('CONSULTANT');
  const [link, setLink] = createSignal(props.known?.link);
  const submit = createSubmit(
    async () => {
      const made = await client.account.inviteColleague({ name: name().trim(), role: role() });
      setLink(made.link);
      props.onInvited();
    },
    { NAME_NEEDS_LETTER: 'name', REQUIRED: 'name', TOO_LONG: 'name' },
  );
  const firm = (): string => viewer()?.firmName ?? '';
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={link() ? t('dialog.done', name()) : t('dialog.title')}
      description={link() ? t('dialog.doneText') : t('dialog.text')}
    >
      <Show
        when={link()}
        fallback={
          <form class={styles['form']} onSubmit={submit.onSubmit}>
            <TextField data-autofocus label={t('dialog.name')} required maxLength={200} autocomplete="off" value={name()} onValue={setName} error={submit.errorAt('name')} />
            <Select label={t('dialog.role')} options={roles.map((value) => ({ value, label: t(`role.${value}`) }))} value={role()} onChange={setRole} hint={t(`roleHint.${role()}`)} />
            <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
            <div class={styles['foot']}>
              <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" variant="primary" busy={submit.busy()}>
                {t('dialog.submit')}
              </Button>
            </div>
          </form>
        }
      >
        {(made) => (
          <>
            <LinkShare
              label={t('dialog.link')}
              link={made()}
              prominent
              letter={{ subject: t('dialog.subject', firm()), body: t('dialog.letter', name(), firm(), viewer()?.name ?? '', made()) }}
            />
            <div class={styles['foot']}>
              <Button onClick={() => props.onClose()}>{t('dialog.finish')}</Button>
            </div>
          </>
        )}
      </Show>
    </Dialog>
  );
}
