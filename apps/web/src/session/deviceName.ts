/**
 * How a browser is called in the list of devices, for example `Chrome on Windows` or `WeChat on iPhone`. Read from the
 * user agent alone, so it is a hint for people and never a decision.
 */
export function deviceName(userAgent: string): string {
  return `${find(userAgent, browsers) ?? 'Browser'} on ${find(userAgent, systems) ?? 'an unknown device'}`;
}

/** The first match counts: in-app browsers before the engines that they name, Edge before Chrome before Safari. */
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/DingTalk/, 'DingTalk'],
  [/Lark|Feishu/, 'Feishu'],
  [/LinkedInApp/, 'LinkedIn'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
];

const find = (text: string, table: readonly [RegExp, string][]): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];
