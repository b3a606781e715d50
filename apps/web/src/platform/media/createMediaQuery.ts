import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whether a media query holds, as a signal. */
export function createMediaQuery(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const update = () => setMatches(list.matches);
  list.addEventListener('change', update);
  onCleanup(() => list.removeEventListener('change', update));
  return matches;
}

/** One pane at a time. The same width stands in the style sheets. */
export const phoneQuery = '(max-width: 760px)';
