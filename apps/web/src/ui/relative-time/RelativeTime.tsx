import { createSignal, type JSX } from 'solid-js';
import { formatDate } from '../../platform/i18n/format.ts';
import { formatMoment, formatRelative } from '../../platform/i18n/formatRelative.ts';

const [now, setNow] = createSignal(Date.now());
// One clock for all: a list of hundreds needs no timer each.
setInterval(() => setNow(Date.now()), 30_000);

/** A time as people say it, with the exact one on hover. `style="column"` is the short form for lists. */
export function RelativeTime(props: { at: number | string; style?: 'sentence' | 'column'; class?: string }): JSX.Element {
  return (
    <time
      class={props.class}
      datetime={new Date(props.at).toISOString()}
      title={formatDate(props.at, { dateStyle: 'full', timeStyle: 'short' })}
    >
      {props.style === 'column' ? formatMoment(props.at, now()) : formatRelative(props.at, now())}
    </time>
  );
}
