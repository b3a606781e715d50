import { formatList } from '../../../platform/i18n/format.ts';
import { waiting, type Brief } from './brief.ts';
import { t } from './brief.messages.ts';
import { t as promised } from './promises.messages.ts';

/** The brief in plain words, for clients that know no cards, in the language of whoever writes it. */
export function briefText(brief: Brief): string {
  const waits = waiting(brief).map(({ name }) => name);
  return [
    t('text.head', brief.project.name, brief.from.name, brief.to.name),
    brief.words,
    waits.length > 0 ? t('text.line', t('waiting'), formatList(waits)) : '',
    brief.promises.count > 0 ? t('text.line', promised('title'), formatList([...new Set(brief.promises.first.map(({ candidate }) => candidate))])) : '',
    ...brief.stages.map(({ name, count, candidates }) => t('text.line', `${name} (${count})`, formatList([...candidates.map((one) => one.name), ...(count > candidates.length ? ['…'] : [])]))),
    brief.owners.length > 0 ? t('text.line', t('owners'), formatList(brief.owners.map(({ name, threads }) => t('owner', name, threads)))) : '',
  ].filter((line) => line !== '').join('\n');
}
