import { onCleanup } from 'solid-js';

/** Has the browser ask before the site is left while something is under way that would break off. For as long as the component lives. */
export function askBeforeLeaving(isUnderWay: () => boolean): void {
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (isUnderWay()) event.preventDefault();
  };
  addEventListener('beforeunload', onLeave);
  onCleanup(() => removeEventListener('beforeunload', onLeave));
}
