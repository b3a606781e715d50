/** What people try first, and so do others. Beginnings: `password1` is as weak as `password`. */
const common = ['password', 'passwort', '123456', '12345678', 'qwerty', 'letmein', 'welcome', 'admin', 'iloveyou', 'abc123', 'woaini', '111111', '888888', '666666', 'baton'];

/** Below this many characters nothing counts as hard to guess. */
const shortest = 10;

/**
 * How hard a password is to guess, 0 to 4, by a rough count of bits: distinct characters and kinds of them, runs and
 * repetitions counting little. An estimate to guide who types; whether it is taken is not decided here. `own` is what others know of the person: name, e-mail, firm.
 */
export function passwordStrength(password: string, own: readonly string[] = []): 0 | 1 | 2 | 3 | 4 {
  const text = password.toLowerCase();
  if (text.length === 0) return 0;
  const known = [...common, ...own.flatMap((value) => value.toLowerCase().split(/[\s@.]+/)).filter((word) => word.length >= 3)];
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), text);
  let effective = 0;
  for (let at = 0; at < rest.length; at++) {
    const step = at === 0 ? Number.NaN : rest.charCodeAt(at) - rest.charCodeAt(at - 1);
    effective += Math.abs(step) <= 1 ? 0.25 : 1;
  }
  const kinds: [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/\d/, 10], [/[^\p{L}\d]/u, 20], [/[^\x00-\x7f]/, 400]];
  const alphabet = kinds.reduce((size, [kind, count]) => size + (kind.test(password) ? count : 0), 0);
  const variety = new Set(rest).size;
  const bits = Math.min(effective, variety * 2) * Math.log2(Math.max(alphabet, 2));
  if ([...password].length < shortest) return bits > 20 ? 1 : 0;
  if (bits < 36) return 1;
  if (bits < 52) return 2;
  return bits < 72 ? 3 : 4;
}
