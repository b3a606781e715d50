import { createSignal, type JSX } from 'solid-js';
import { formatDate } from '../../platform/i18n/format.ts';
import { formatMoment, formatRelative } from '../../platform/i18n/formatRelative.ts';

const [now, setNow] = createSignal(Date.now());
// One clock for all: a list of hundreds needs no timer each.
setInterval(() => setNow(Date.now()), 30_000);

const exact: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'short' };
const dayMs = 86_400_000;

/** Makes what a column of times is written with, milliseconds each the first time: for a page that rests and has none to show yet. */
export function prepareTimes(): void {
  const at = Date.now();
  formatDate(at, exact);
  for (const days of [0, 1, 7]) formatMoment(at - days * dayMs, at);
}

/** A time as people say it, with the exact one on hover. `style="column"` is the short form for lists. */
export function RelativeTime(props: { at: number | string; style?: 'sentence' | 'column'; class?: string }): JSX.Element {
  return (
    <time
      class={props.class}
      datetime={new Date(props.at).toISOString()}
      title={formatDate(props.at, exact)}
    >
      {props.style === 'column' ? formatMoment(props.at, now()) : formatRelative(props.at, now())}
    </time>
  );
}
