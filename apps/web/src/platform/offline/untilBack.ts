/** Seconds before something is tried again, by how often it was; then always as long as the last. */
const waitSeconds = [1, 2, 4, 8, 15];

/** Waits before the given retry, from 1, of what a broken connection stopped; no longer than until the connection is back. */
export const untilBack = (retry: number): Promise<void> =>
  new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
      resolve();
    };
    const timer = setTimeout(goOn, (waitSeconds[retry - 1] ?? 15) * 1000);
    addEventListener('online', goOn);
  });
