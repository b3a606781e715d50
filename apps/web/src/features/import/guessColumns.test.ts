import { describe, expect, it } from 'vitest';
import { guessColumns } from './guessColumns.ts';

describe('guessColumns', () => {
  it('knows English headers in any spelling', () => {
    expect(guessColumns(['Full Name', 'E-mail', 'CURRENT_COMPANY', 'Job title'], [])).toEqual(['name', 'email', 'companyName', 'title']);
  });

  it('knows Chinese headers', () => {
    expect(guessColumns(['姓名', '手机号', '微信', '公司', '职位', '备注'], [])).toEqual(['name', 'phone', 'wechat', 'companyName', 'title', 'note']);
  });

  it('knows LinkedIn Recruiter’s columns', () => {
    expect(guessColumns(['First Name', 'Last Name', 'Headline', 'Profile URL'], [])).toEqual(['firstName', 'lastName', 'title', 'linkedin']);
  });

  it('looks into the cells where a header says nothing', () => {
    expect(guessColumns(['A', 'B', 'C'], [['Ana', 'ana@example.com', '+86 138 0013 8010'], ['Li', 'li@example.com', '']])).toEqual([null, 'email', 'phone']);
  });

  it('gives a field to the first column only', () => {
    expect(guessColumns(['Email', 'E-mail'], [])).toEqual(['email', null]);
  });
});
