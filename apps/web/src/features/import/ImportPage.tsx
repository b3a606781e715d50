import { useSearchParams } from '@solidjs/router';
import { useQuery } from '@tanstack/solid-query';
import { For, Match, Show, Switch, type JSX } from 'solid-js';
import { ImportTargetsDocument } from '../../generated/graphql.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { Page } from '../../platform/page/Page.tsx';
import { CheckStep } from './CheckStep.tsx';
import { ColumnsStep } from './ColumnsStep.tsx';
import { createImport, type ImportStep } from './createImport.ts';
import { DoneStep } from './DoneStep.tsx';
import { FileStep } from './FileStep.tsx';
import { t } from './import.messages.ts';
import styles from './import.module.css';

const steps: readonly ImportStep[] = ['file', 'columns', 'check', 'done'];

/** People from a spreadsheet: choose the file, say what its columns mean, see what will happen, do it. */
export function ImportPage(): JSX.Element {
  const [query] = useSearchParams<{ project?: string }>();
  const model = createImport(query.project ?? '');
  const targets = useQuery(() => ({
    queryKey: [queryKeys.projects, 'targets'],
    queryFn: async () => (await request(ImportTargetsDocument)).projects.filter(({ can }) => can.addCandidates),
  }));
  return (
    <Page title={t('title')}>
      <ol class={styles['steps']}>
        <For each={steps}>
          {(step) => (
            <li aria-current={model.step() === step ? 'step' : undefined} data-past={steps.indexOf(step) < steps.indexOf(model.step()) || undefined}>
              {t(`steps.${step}`)}
            </li>
          )}
        </For>
      </ol>
      <Switch>
        <Match when={model.step() === 'file'}>
          <FileStep model={model} />
        </Match>
        <Match when={model.step() === 'columns'}>
          <ColumnsStep model={model} targets={answerOf(targets) ?? []} />
        </Match>
        <Match when={model.step() === 'check'}>
          <CheckStep model={model} />
        </Match>
        <Match when={model.step() === 'done'}>
          <Show when={model.result()}>{(result) => <DoneStep model={model} result={result()} />}</Show>
        </Match>
      </Switch>
    </Page>
  );
}
