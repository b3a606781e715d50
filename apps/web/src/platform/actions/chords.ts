const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** A key press as it is written in an action: `Mod+k`, `Shift+Enter`, `?`. Undefined for a modifier alone. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | undefined {
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Process'].includes(event.key)) return undefined;
  const mod = isApple ? event.metaKey : event.ctrlKey;
  const other = isApple ? event.ctrlKey : event.metaKey;
  if (other) return undefined;
  // A printed character carries its Shift in itself: `?` is no `Shift+?`.
  const named = event.key.length > 1;
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey && (named || mod) ? 'Shift+' : ''}${named ? event.key : event.key.toLowerCase()}`;
}

/** Whether a chord is letters alone, which may be switched off and never act while one writes. */
export function isSingleKey(chord: string): boolean {
  return !/^(Mod|Alt)\+/.test(chord) && !/^(Escape|Enter|F\d+)$/.test(chord);
}

/** Whether somebody writes there, an input method included. */
export function isWriting(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
}
