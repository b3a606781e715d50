/**
 * Some apps write the `#` of a link as `%23`: its secret is then a part of the path, and the server has been told it. Says
 * whether this page was opened so, and takes the secret out of the address, which reloads would send and the history would keep.
 */
export function hideExposedSecret(): boolean {
  const [start, ...rest] = location.pathname.split(/%(?:25)*23/i);
  if (rest.length === 0) return false;
  history.replaceState(history.state, '', `${start}%23`);
  return true;
}
