import { createContext, useContext } from 'solid-js';

/** The dialog that one is in: whatever opens over it must be inside it, for everything outside is inert. */
export const OverlayMountContext = createContext<() => HTMLElement | undefined>(() => undefined);

/** Where a menu, list or popover is to be put into the document. */
export function useOverlayMount(): () => HTMLElement {
  const dialog = useContext(OverlayMountContext);
  // Inside of the page's own landmark where there is one: what is outside of all is lost to who moves by landmarks.
  return () => dialog() ?? document.querySelector('main') ?? document.body;
}
