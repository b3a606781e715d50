import { newId } from '@baton/base';
import { createSignal, Show, type JSX } from 'solid-js';
import { BoardAddCandidacyDocument, BoardCreatePersonDocument, ProjectPeopleSearchDocument } from '../../generated/graphql.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { request, throwUserErrors, type UserErrorLike } from '../../platform/graphql/request.ts';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Combobox, type ComboboxOption } from '../../ui/combobox/Combobox.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import type { BoardProject } from './board.ts';
import { t } from './projects.messages.ts';

/** Somebody on record, or somebody new, into the project's first stage. */
export function AddCandidateDialog(props: { open: boolean; project: BoardProject; onClose(): void; onAdded(): void }): JSX.Element {
  return (
    <Show when={props.open}>
      <AddCandidate {...props} />
    </Show>
  );
}

function AddCandidate(props: { project: BoardProject; onClose(): void; onAdded(): void }): JSX.Element {
  const [chosen, setChosen] = createSignal<ComboboxOption | null>(null);
  /** A name that is on nobody's record yet. */
  const [created, setCreated] = createSignal<string>();

  const search = async (text: string): Promise<ComboboxOption[]> => {
    const { people } = await request(ProjectPeopleSearchDocument, { filter: { search: text } });
    return people.edges.map(({ node }) => {
      const here = node.candidacies.some(({ project }) => project.id === props.project.id);
      const hint = here ? t('add.already') : [node.title, node.company?.name].filter(Boolean).join(' · ');
      return { value: node.id, label: node.name, hint, before: <Avatar name={node.name} id={node.id} size={24} /> };
    });
  };
  const { busy, error, onSubmit: add } = createSubmit(async () => {
    const name = created();
    const { userErrors } = name === undefined ? await addKnown() : await addNew(name);
    throwUserErrors(userErrors);
    showToast(t('add.added', name ?? chosen()?.label ?? ''));
    props.onAdded();
    props.onClose();
  });
  const addKnown = async (): Promise<{ userErrors: readonly UserErrorLike[] }> =>
    (await request(BoardAddCandidacyDocument, { input: { id: newId('candidacy'), personId: chosen()!.value, projectId: props.project.id } })).addCandidacy;
  const addNew = async (name: string): Promise<{ userErrors: readonly UserErrorLike[] }> =>
    (await request(BoardCreatePersonDocument, { input: { id: newId('person'), name, projectId: props.project.id } })).createPerson;

  return (
    <Dialog
      open
      size="small"
      title={t('add.title')}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('form.cancel')}</Button>
          <Button variant="primary" busy={busy()} disabled={!chosen() && created() === undefined} onClick={add}>
            {t('board.addCandidate')}
          </Button>
        </>
      }
    >
      <Combobox
        autofocus
        label={t('add.person')}
        placeholder={t('add.placeholder')}
        error={error()?.text}
        search={search}
        value={created() === undefined ? chosen() : { value: '', label: created()! }}
        onChange={(option) => {
          setCreated(undefined);
          setChosen(option);
        }}
        create={{ label: (name) => t('add.create', name), onCreate: (name) => setCreated(name) }}
      />
    </Dialog>
  );
}
