type Commands = Record<string, (...args: never[]) => Promise<unknown>>;

/**
 * Commands whose code is loaded with the first of them: a page that only reads and queues carries none of it. `own` are
 * parts that are here at once.
 */
export function late<T extends object, O extends Partial<T>>(load: () => Promise<Omit<T, keyof O>>, own: O): T {
  let loading: Promise<Commands> | undefined;
  const loaded = (): Promise<Commands> => {
    loading ??= load() as unknown as Promise<Commands>;
    // Without a network now is not without one for ever.
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return new Proxy(own as unknown as T, {
    get: (_, name: string) => (name in own ? own[name as keyof O] : async (...args: never[]) => (await loaded())[name]!(...args)),
  });
}
