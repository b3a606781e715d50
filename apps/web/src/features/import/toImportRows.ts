import type { ImportRowInput } from '../../generated/graphql.ts';
import type { ColumnMapping, ImportField } from './guessColumns.ts';
import type { Table } from './readTable.ts';

/** Rows as `importPeople` takes them. A row without any name goes along too: the server refuses it by line. */
export function toImportRows(table: Table, mapping: ColumnMapping): ImportRowInput[] {
  return table.rows.map(({ line, cells }) => {
    const value = (field: ImportField): string | null => {
      const index = mapping.indexOf(field);
      const cell = index < 0 ? '' : (cells[index] ?? '');
      return cell === '' ? null : cell;
    };
    return {
      line,
      externalId: value('externalId'),
      name: value('name') ?? joinName(value('firstName'), value('lastName')),
      title: value('title'),
      companyName: value('companyName'),
      location: value('location'),
      email: value('email'),
      phone: value('phone'),
      wechat: value('wechat'),
      linkedin: value('linkedin'),
      tags: splitTags(value('tags')),
      note: value('note'),
    };
  });
}

/** 姓 before 名 without a space where the name is Chinese; given name first elsewhere. */
function joinName(first: string | null, last: string | null): string | null {
  if (!first || !last) return first ?? last;
  return /\p{Script=Han}/u.test(first + last) ? last + first : `${first} ${last}`;
}

const splitTags = (text: string | null): string[] => [
  ...new Set((text ?? '').split(/[,;，；、|]/).map((tag) => tag.trim()).filter((tag) => tag !== '')),
];
