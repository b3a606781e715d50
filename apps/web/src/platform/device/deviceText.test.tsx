import { afterEach, expect, test } from 'vitest';
import { locale } from '../preferences/preferences.ts';
import { deviceText } from './deviceText.ts';

afterEach(() => locale.set('en'));

test.each([
  ['Chrome on Android', 'Chrome on Android', 'Android上的Chrome'],
  ['WeChat on iPhone', 'WeChat on iPhone', 'iPhone上的微信'],
  ['Samsung Internet on Android', 'Samsung Internet on Android', 'Android上的三星浏览器'],
  ['Browser on an unknown device', 'a browser on an unknown device', '未知设备上的浏览器'],
  ['A phone elsewhere', 'A phone elsewhere', 'A phone elsewhere'],
])('%s', (name, english, chinese) => {
  expect(deviceText(name)).toBe(english);
  locale.set('zh-CN');
  expect(deviceText(name)).toBe(chinese);
});
