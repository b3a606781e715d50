import { refusal } from '../errors.ts';

/** Fewest characters. */
export const minPasswordLength = 10;

/** What people type when they are asked for ten characters, without digits and signs. */
const commonCores = new Set(
  (
    'password passwort passw0rd motdepasse contrasena iloveyou letmein welcome administrator changeme qwertyuiop qwertyuio qwerty asdfghjkl ' +
    'zxcvbnm qazwsxedc qazwsx trustno sunshine princess football baseball superman starwars whatever computer internet secret default ' +
    'recruiting recruiter headhunter candidate baton abcdefghij woaini woaiwojia nihao mima'
  ).split(' '),
);

/**
 * Refuses passwords that fall to the first thousand guesses: WEAK_PASSWORD {reason: short | common | personal}. Length is what
 * counts; no rule asks for signs or capitals. `about` is what a guesser knows of the person: name, e-mail, firm.
 */
export function requireStrongPassword(password: string, about: readonly string[] = []): void {
  const typed = password.normalize('NFKC');
  if ([...typed].length < minPasswordLength) throw refusal('WEAK_PASSWORD', { reason: 'short', least: minPasswordLength });
  const lower = typed.toLowerCase();
  const core = lower.replace(/[^\p{L}]/gu, '');
  const digits = lower.replace(/\D/g, '');
  // 'password12', '11111111111', 'aaaaabbbbb', 'abcdefghij', '13800138000' alone.
  if (commonCores.has(core) || new Set(lower).size < 5 || isRun(lower) || digits.length === lower.length) {
    throw refusal('WEAK_PASSWORD', { reason: 'common', least: minPasswordLength });
  }
  const known = about.flatMap((text) => [text, ...text.split(/[@.\s]+/)]).map((text) => text.normalize('NFKC').toLowerCase().trim());
  const parts = known.filter((text) => text.length >= 3 && lower.includes(text)).toSorted((a, b) => b.length - a.length);
  // What is left of it without all that everybody knows must still be something.
  const rest = parts.reduce((left, part) => left.replaceAll(part, ''), lower);
  if (parts.length > 0 && rest.replace(/[^\p{L}]/gu, '').length < 4) throw refusal('WEAK_PASSWORD', { reason: 'personal', least: minPasswordLength });
}

function isRun(text: string): boolean {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0));
  return steps.every((step) => step === steps[0]);
}
