import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js';

/**
 * Height in pixels of what is really to be seen, an on-screen keyboard taken off. Safari lays the keyboard over the page
 * and pushes the page up: this gives the height to lay out in, and pulls the page back down. Undefined where the browser
 * does not say; `100dvh` does then.
 */
export function createVisibleHeight(): Accessor<number | undefined> {
  const [height, setHeight] = createSignal<number | undefined>();
  onMount(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const update = () => {
      // Pinched: the reader looks closer at something, the layout stays.
      if (viewport.scale > 1.01) return;
      setHeight(Math.round(viewport.height));
      if (viewport.offsetTop > 0) window.scrollTo(0, 0);
    };
    update();
    viewport.addEventListener('resize', update);
    viewport.addEventListener('scroll', update);
    onCleanup(() => {
      viewport.removeEventListener('resize', update);
      viewport.removeEventListener('scroll', update);
    });
  });
  return height;
}
