import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';
import type { ImportOutcome } from '../../generated/graphql.ts';
import { errorText, sentenceFor } from '../../platform/errors/errorText.ts';
import { formatNumber } from '../../platform/i18n/format.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Spinner } from '../../ui/spinner/Spinner.tsx';
import { Switch } from '../../ui/switch/Switch.tsx';
import type { Import, ImportSummary } from './createImport.ts';
import { t } from './import.messages.ts';
import styles from './import.module.css';
import type { Table } from './readTable.ts';

const tones = { CREATED: 'good', UPDATED: 'accent', UNCHANGED: 'neutral', REFUSED: 'bad' } as const;
/** Rows that are drawn; the sums are of all. */
const mostShown = 500;

/** What will happen, row by row, before anything does. */
export function CheckStep(props: { model: Import }): JSX.Element {
  return (
    <div class={styles['step']}>
      <Show when={props.model.error()}>{(error) => <Banner tone="bad">{`${errorText(error())} ${props.model.stopped() ? t('stopped') : ''}`}</Banner>}</Show>
      <Show
        when={props.model.result()}
        fallback={
          <Show when={props.model.busy()}>
            <p class={styles['quiet']} role="status">
              <Spinner size={14} label={null} /> {t('checking')}
            </p>
          </Show>
        }
      >
        {(result) => <Checked model={props.model} result={result()} />}
      </Show>
      <div class={styles['buttons']}>
        <Button onClick={() => props.model.back()} disabled={props.model.busy()}>
          {t('previous')}
        </Button>
        <Show when={!props.model.result() && !props.model.busy()}>
          <Button variant="primary" onClick={() => void props.model.check()}>
            {t('check')}
          </Button>
        </Show>
        <Show when={changesOf(props.model.result()) > 0}>
          <Button variant="primary" busy={props.model.busy()} onClick={() => void props.model.run()}>
            {t('import', changesOf(props.model.result()))}
          </Button>
        </Show>
      </div>
    </div>
  );
}

const changesOf = (result: ImportSummary | undefined): number => (result ? result.created + result.updated : 0);

/** A row as it is shown: one that the server judged, or one that could not even be read. */
interface ShownRow {
  line: number;
  name: string;
  outcome: ImportOutcome;
  remarks: string;
}

/** All rows, those that somebody should look at first. */
function shownRows(table: Table | undefined, result: ImportSummary): ShownRow[] {
  const cellsAt = new Map(table?.rows.map(({ line, cells }) => [line, cells]));
  const firstCell = (cells: readonly string[] = []): string => cells.find((cell) => cell !== '') ?? '';
  const rows = [
    ...(table?.broken ?? []).map(({ line, reason, cells }): ShownRow => ({ line, name: firstCell(cells), outcome: 'REFUSED', remarks: t(`broken.${reason}`) })),
    ...result.rows.map(({ line, outcome, person, userErrors }): ShownRow => ({
      line, outcome, name: person?.name ?? firstCell(cellsAt.get(line)), remarks: userErrors.map(({ code, field }) => (code === 'REQUIRED' && field === 'name' ? t('noName') : sentenceFor(code))).join(' '),
    })),
  ];
  const weight = (row: ShownRow): number => (row.outcome === 'REFUSED' ? 0 : row.remarks === '' ? 2 : 1);
  return rows.sort((a, b) => weight(a) - weight(b) || a.line - b.line);
}

function Checked(props: { model: Import; result: ImportSummary }): JSX.Element {
  const [onlyProblems, setOnlyProblems] = createSignal(false);
  const all = createMemo(() => shownRows(props.model.table(), props.result));
  const rows = createMemo(() => (onlyProblems() ? all().filter(({ remarks }) => remarks !== '') : all()));
  const refused = (): number => props.result.refused + (props.model.table()?.broken.length ?? 0);
  return (
    <>
      <p role="status" class={styles['sum']}>
        {t('result', props.result.created, props.result.updated, props.result.unchanged, refused())}
      </p>
      <Show when={changesOf(props.result) === 0}>
        <Banner>{t('nothing')}</Banner>
      </Show>
      <Show when={all().some(({ remarks }) => remarks !== '')}>
        <Switch label={t('onlyProblems')} checked={onlyProblems()} onChange={setOnlyProblems} />
      </Show>
      <div class={styles['scroll']} tabindex="0" role="region" aria-label={t('what')}>
        <table class={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('why')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows().slice(0, mostShown)}>
              {(row) => (
                <tr>
                  <td class={styles['line']}>{row.line}</td>
                  <td>{row.name}</td>
                  <td>
                    <Badge tone={tones[row.outcome]}>{t(`outcome.${row.outcome}`)}</Badge>
                  </td>
                  <td>{row.remarks}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={rows().length > mostShown}>
        <p class={styles['quiet']}>{t('firstRows', formatNumber(mostShown), formatNumber(rows().length))}</p>
      </Show>
      <Show when={props.model.busy()}>
        <p class={styles['quiet']} role="status">
          {t('importing', formatNumber(props.model.done()), formatNumber(props.model.table()?.rows.length ?? 0))}
        </p>
      </Show>
    </>
  );
}
