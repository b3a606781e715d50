/** Something the person who starts us can mend: one sentence that says what to do, shown without a stack. */
export class Refusal extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = 'Refusal';
  }

  /** @param {string} folder where there is no room left */
  static diskFull(folder) {
    return new Refusal(`The disk that holds ${folder} is full: free some space, or choose another folder with --data, then start again.`);
  }

  /** @param {string} folder of the project, where we may not write what we fetch and build */
  static projectNotWritable(folder) {
    return new Refusal(`Baton can't write to ${folder}, where it keeps what it fetches and builds: give yourself the right to, then start again.`);
  }

  /** @param {string} folder for data that we may not write to */
  static notWritable(folder) {
    return new Refusal(`Baton can't write to ${folder}: give yourself the right to, or choose another folder with --data.`);
  }
}

/**
 * Turns an error of the operating system into the sentence for it; null when there is none.
 * @param {unknown} error
 * @param {string} folder where we were writing
 * @param {(folder: string) => Refusal} notWritable the sentence for a folder that is closed to us
 */
export function refusalFor(error, folder, notWritable = Refusal.notWritable) {
  if (error instanceof Refusal) return error;
  const { code, message } = /** @type {{ code?: string, message?: string }} */ (error ?? {});
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device|disk quota exceeded/i.test(message ?? '')) return Refusal.diskFull(folder);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') return notWritable(folder);
  return null;
}
