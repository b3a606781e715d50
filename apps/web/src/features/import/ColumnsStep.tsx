import { Index, Show, type JSX } from 'solid-js';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Select } from '../../ui/select/Select.tsx';
import type { Import } from './createImport.ts';
import { importFields, type ImportField } from './guessColumns.ts';
import { t } from './import.messages.ts';
import styles from './import.module.css';
import type { Table } from './readTable.ts';

const delimiterNames: Record<string, 'delimiters.comma' | 'delimiters.semicolon' | 'delimiters.tab' | 'delimiters.bar'> = {
  ',': 'delimiters.comma', ';': 'delimiters.semicolon', '\t': 'delimiters.tab', '|': 'delimiters.bar',
};

/** What each column means: guessed, and changed by hand. */
export function ColumnsStep(props: { model: Import; targets: readonly { id: string; name: string }[] }): JSX.Element {
  const table = (): Table => props.model.table()!;
  const samples = (index: number): string => table().rows.slice(0, 3).map(({ cells }) => cells[index]).filter(Boolean).join(' · ');
  return (
    <form
      class={styles['step']}
      onSubmit={(event) => {
        event.preventDefault();
        void props.model.check();
      }}
    >
      <p class={styles['quiet']}>
        {props.model.fileName()} · {t('read', table().rows.length + table().broken.length, table().encoding.toUpperCase(), t(delimiterNames[table().delimiter] ?? 'delimiters.comma'))}
      </p>
      <table class={`${styles['table']} ${styles['columns']}`}>
        <thead>
          <tr>
            <th scope="col">{t('column')}</th>
            <th scope="col">{t('means')}</th>
            <th scope="col">{t('sample')}</th>
          </tr>
        </thead>
        <tbody>
          <Index each={table().columns}>
            {(column, index) => (
              <tr>
                <th scope="row">{column()}</th>
                <td>
                  <Select<ImportField | ''>
                    label={`${t('means')}: ${column()}`}
                    hideLabel
                    value={props.model.mapping()[index] ?? ''}
                    options={[{ value: '', label: t('skip') }, ...importFields.map((field) => ({ value: field, label: t(`fields.${field}`) }))]}
                    onChange={(field) => props.model.mapColumn(index, field || null)}
                  />
                </td>
                <td class={styles['sample']}>{samples(index)}</td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
      <div class={styles['target']}>
        <Select label={t('project')} value={props.model.projectId()} options={[{ value: '', label: t('noProject') }, ...props.targets.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(id) => props.model.setProject(id)} />
      </div>
      <Show when={!props.model.hasName()}>
        <Banner tone="warn">{t('needsName')}</Banner>
      </Show>
      <div class={styles['buttons']}>
        <Button onClick={() => props.model.back()}>{t('previous')}</Button>
        <Button variant="primary" type="submit" disabled={!props.model.hasName()}>
          {t('check')}
        </Button>
      </div>
    </form>
  );
}
