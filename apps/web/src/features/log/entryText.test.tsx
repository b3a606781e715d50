import { afterEach, expect, test } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import { entryText } from './entryText.ts';
import { logMessages } from './log.messages.ts';

const names = new Map([['acc_mei', 'Mei'], ['acc_tom', 'Tom'], ['prj_1', 'Head of Treasury'], ['con_1', 'Ada Novak'], ['inv_1', 'Ana Costa'], ['imp_1', 'people.csv']]);
type Entry = Parameters<typeof entryText>[0];
const entry = (kind: string, ...subjects: string[]): Entry => ({ seq: 0, recordedAt: '2026-11-21T10:00:00.000Z', actorId: 'acc_mei', kind: kind as Entry['kind'], subjects }) as Entry;

afterEach(() => locale.set('en'));

test.each<[string, Entry, string]>([
  ['Mei signed in', entry('SIGNED_IN', 'ses_1'), 'Mei登录'],
  ['Mei signed Tom out of a browser', entry('SESSION_ENDED', 'ses_1', 'acc_tom'), 'Mei让Tom在一个浏览器上退出登录'],
  ['Mei signed themselves out of another browser', entry('SESSION_ENDED', 'ses_1', 'acc_mei'), 'Mei在另一个浏览器上退出了登录'],
  ['Mei made Tom a researcher', entry('ROLE_SET_RESEARCHER', 'acc_tom'), 'Mei将Tom设为研究员'],
  ['Mei made a link for Ana Costa', entry('CANDIDATE_INVITED', 'inv_1', 'con_1'), 'Mei为Ana Costa生成了链接'],
  ['Mei made Tom lead of “Head of Treasury”', entry('PROJECT_LEAD_SET', 'prj_1', 'acc_tom'), 'Mei让Tom负责“Head of Treasury”'],
  ['Mei took the lead of “Head of Treasury”', entry('PROJECT_LEAD_SET', 'prj_1', 'acc_mei'), 'Mei开始负责“Head of Treasury”'],
  ['Mei handed “Head of Treasury” over to Tom', entry('PROJECT_HANDED_OVER', 'prj_1', 'acc_mei', 'acc_tom'), 'Mei将“Head of Treasury”交接给Tom'],
  ['Mei handed “Head of Treasury” over from Tom to somebody', entry('PROJECT_HANDED_OVER', 'prj_1', 'acc_tom', 'acc_gone'), 'Mei将“Head of Treasury”从Tom交接给某人'],
  ['Mei used the firm’s recovery kit for a project', entry('RECOVERY_KIT_USED', 'prj_2'), 'Mei对某个项目使用了公司的恢复单'],
  ['Mei used the firm’s recovery kit to change who belongs to the firm', entry('RECOVERY_KIT_USED', 'org_1'), 'Mei用公司的恢复单更改了公司成员'],
  ['Mei imported people from people.csv', entry('PEOPLE_IMPORTED', 'imp_1'), 'Mei从people.csv导入了人选'],
])('%s', (english, told, chinese) => {
  expect(entryText(told, names)).toBe(english);
  locale.set('zh-CN');
  expect(entryText(told, names)).toBe(chinese);
});

test('no act leaves an id, or nothing, in its sentence', () => {
  const subjects: Record<string, string[]> = { PROJECT_HANDED_OVER: ['prj_1', 'acc_tom', 'acc_mei'], PROJECT_HANDED_OVER_OWN: ['prj_1', 'acc_mei', 'acc_tom'] };
  subjects['HANDOVER_PLANNED'] = subjects['HANDOVER_PLAN_CANCELLED'] = ['prj_1', 'acc_tom', 'inv_1'];
  for (const kind of Object.keys(logMessages.en.kind)) {
    const text = entryText(entry(kind, ...(subjects[kind] ?? (kind.startsWith('PROJECT') ? ['prj_1', 'acc_tom'] : ['acc_tom']))), names);
    expect(text, kind).not.toMatch(/undefined|_\w|^$/);
  }
});
