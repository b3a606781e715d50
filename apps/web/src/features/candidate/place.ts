import { createContext, createSignal, onMount, useContext, type Accessor } from 'solid-js';

/** What the page before knows of the one to come, until the server says it. */
export type PlaceState = Readonly<Record<string, string | null | undefined>>;

/**
 * Where in this browser's history one is. A candidate's two pages need no more than this, and a phone that follows a link does not
 * load a router for them.
 */
export interface Place {
  /** The path of the address; reactive. */
  readonly path: Accessor<string>;
  /** What `go` left at this place of the history; reactive. */
  readonly state: Accessor<PlaceState>;
  /** Goes to an address of ours; `replace`: it takes this one's place in the history. */
  go(address: string, options?: { replace?: boolean; state?: PlaceState }): void;
  /** The address was changed by somebody else. */
  read(): void;
}

/** Follows the browser's address, for as long as the page lives. */
export function makePlace(): Place {
  const now = () => ({ path: location.pathname, state: (history.state ?? {}) as PlaceState });
  const [place, setPlace] = createSignal(now(), { equals: false });
  const read = (): void => void setPlace(now());
  addEventListener('popstate', read);
  return {
    path: () => place().path,
    state: () => place().state,
    go: (address, { replace = false, state = {} } = {}) => {
      if (replace) history.replaceState(state, '', address);
      else history.pushState(state, '', address);
      read();
    },
    read,
  };
}

export const PlaceContext = createContext<Place>();

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('no PlaceContext above this component');
  return place;
}

/** Goes on to another address as soon as it is shown. */
export function GoTo(props: { href: string }): null {
  const place = usePlace();
  onMount(() => place.go(props.href, { replace: true }));
  return null;
}

/** For a link to an address of ours: a plain click goes there without loading the page anew. */
export function followWith(place: Place): (event: MouseEvent & { currentTarget: HTMLAnchorElement }) => void {
  return (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    place.go(event.currentTarget.getAttribute('href') ?? '/');
  };
}
