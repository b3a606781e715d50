/** Where one was in the list of people, for the way back from a record: kept as long as the page. */
let last = { search: '', offset: 0 };

/** Notes the list's search (`?q=…`, or nothing) and how far it is scrolled, in pixels. */
export function rememberList(search: string, offset: number): void {
  last = { search, offset };
}

/** The list's address as it was left. */
export const lastListHref = (): string => `/people${last.search}`;

/** How far that search was scrolled, in pixels. */
export const lastOffset = (search: string): number => (last.search === search ? last.offset : 0);
