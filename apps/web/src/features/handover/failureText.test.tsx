import { BatonError } from '@baton/base';
import { afterEach, expect, test } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import { failureText } from './failureText.ts';

const names: Record<string, string> = { ruth: 'Ruth', tom: 'Tom' };
const textOf = (code: string, details = {}): string => failureText(new BatonError(code, details), (id) => names[id] ?? id);

afterEach(() => locale.set('en'));

test.each([
  ['ALREADY_HANDED_OVER', { by: 'ruth', to: 'tom' }, 'Ruth was faster: Tom has it now. To change that, begin again from Tom.', 'Ruth先完成了交接：现由Tom负责。如需更改，请从Tom重新开始交接。'],
  ['ALREADY_HANDED_OVER', { by: '', to: 'tom' }, 'A partner was faster, with the recovery kit: Tom has it now. To change that, begin again from Tom.', '一位合伙人已用恢复单先完成交接：现由Tom负责。如需更改，请从Tom重新开始交接。'],
  ['LEAD_ROLE', {}, 'A researcher cannot lead it. Choose a consultant or a partner.', '研究员不能负责项目。请选择顾问或合伙人。'],
  ['REVOKED_MEMBER', {}, 'The successor has left the firm. Choose somebody else.', '接手人已离开公司。请另选一位。'],
  ['FORBIDDEN', {}, 'You may not hand it over. Ask its lead or a partner.', '您无权交接此项目。请联系其负责人或合伙人。'],
  ['INTERNAL', {}, 'The server has a fault. Nothing is lost; try again later.', '服务器出错。没有丢失任何内容，请稍后再试。'],
])('%s says what to do', (code, details, english, chinese) => {
  expect(textOf(code, details)).toBe(english);
  locale.set('zh-CN');
  expect(textOf(code, details)).toBe(chinese);
});
