/** What a column of a file can mean. */
export const importFields = [
  'name', 'firstName', 'lastName', 'title', 'companyName', 'location', 'email', 'phone', 'wechat', 'linkedin', 'tags', 'note', 'externalId',
] as const;

export type ImportField = (typeof importFields)[number];

/** A field per column, or null: the column is left out. */
export type ColumnMapping = readonly (ImportField | null)[];

/** Headers as exports of LinkedIn Recruiter, Liepin, Maimai, Excel sheets and ATS products write them, folded. */
const headers: Record<ImportField, readonly string[]> = {
  name: ['name', 'fullname', 'candidate', 'candidatename', '姓名', '名字', '候选人', '候选人姓名', '中文名'],
  firstName: ['firstname', 'givenname', 'forename', '名'],
  lastName: ['lastname', 'surname', 'familyname', '姓', '姓氏'],
  title: ['title', 'jobtitle', 'position', 'currenttitle', 'currentposition', 'headline', 'role', '职位', '职务', '岗位', '当前职位', '头衔'],
  companyName: ['company', 'companyname', 'currentcompany', 'employer', 'currentemployer', 'organization', 'organisation', '公司', '公司名称', '当前公司', '雇主', '单位'],
  location: ['location', 'city', 'region', 'address', '城市', '地点', '所在地', '现居地', '工作地点'],
  email: ['email', 'emailaddress', 'mail', 'primaryemail', '邮箱', '电子邮箱', '电子邮件', '邮件'],
  phone: ['phone', 'phonenumber', 'mobile', 'mobilephone', 'cell', 'tel', 'telephone', '电话', '手机', '手机号', '手机号码', '联系电话'],
  wechat: ['wechat', 'wechatid', 'weixin', '微信', '微信号'],
  linkedin: ['linkedin', 'linkedinurl', 'profileurl', 'publicprofileurl', 'linkedinprofile', '领英'],
  tags: ['tags', 'tag', 'labels', 'skills', 'keywords', '标签', '技能', '关键词'],
  note: ['note', 'notes', 'comment', 'comments', 'remarks', 'summary', '备注', '评价', '说明', '简介'],
  externalId: ['id', 'externalid', 'candidateid', 'profileid', 'recordid', '编号', '简历编号', '候选人编号'],
};

/** Guesses what each column means from its header, then from what stands in it. A field is given to one column only. */
export function guessColumns(columns: readonly string[], sample: readonly (readonly string[])[]): ColumnMapping {
  const taken = new Set<ImportField>();
  const claim = (field: ImportField | null): ImportField | null => {
    if (!field || taken.has(field)) return null;
    taken.add(field);
    return field;
  };
  const byHeader = columns.map((column) => claim(fieldOfHeader(column)));
  return byHeader.map((field, index) => field ?? claim(fieldOfCells(sample.map((row) => row[index] ?? ''))));
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s_\-./()*:]/g, '');

function fieldOfHeader(column: string): ImportField | null {
  const folded = fold(column);
  return importFields.find((field) => headers[field].includes(folded)) ?? null;
}

const cellPatterns: readonly [ImportField, RegExp][] = [
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['linkedin', /linkedin\.com\/in\//i],
  ['phone', /^\+?[\d\s()-]{8,20}$/],
];

function fieldOfCells(cells: readonly string[]): ImportField | null {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return null;
  const most = Math.ceil(filled.length * 0.8);
  return cellPatterns.find(([, pattern]) => filled.filter((cell) => pattern.test(cell)).length >= most)?.[0] ?? null;
}
