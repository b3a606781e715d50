#!/usr/bin/env node
/*
 * Checks an archive that was exported from Baton. Needs Node 20 or newer, and nothing else:
 *
 *   node verify.mjs            the folder in which this script lies
 *   node verify.mjs FOLDER     another one, with a copy of this script that you trust
 *
 * It says what holds and ends with code 0, or names what does not and ends with code 1:
 *   the manifest is signed by its exporter's account key
 *   that key leads, line by line of the organisation's log, up to the firm's root, whose fingerprint is printed
 *   the exporter was a partner and on the project, by both logs
 *   every file is there as the manifest says, and no other
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What does not hold, and of which file. */
class Refusal extends Error {}

function demand(holds, file, why) {
  if (!holds) throw new Refusal(`${file}: ${why}`);
}

// ---- BLAKE2b-256 (RFC 7693), which Node has at 512 bits only ----

const initial = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const orders = [
  '0123456789abcdef', 'ea489fd61c02b753', 'b8c052fdae367194', '7931dcbe265a40f8', '905724afe1bc683d', '2c6a0b834d75fe19',
  'c51fed4a0763928b', 'db7ec13950f4862a', '6fe9b308c2d714a5', 'a2847615fb9e3cd0',
].map((order) => [...order].map((digit) => Number.parseInt(digit, 16)));
const mixes = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];
const rotated = (word, by) => (word >> by) | (word << (64n - by));

/** 32 bytes of hash. Words are kept in a BigUint64Array, which cuts them to 64 bits. */
export function blake2b256(input) {
  const state = BigUint64Array.from(initial);
  state[0] ^= 0x01010000n ^ 32n;
  const v = new BigUint64Array(16);
  const blocks = Math.max(1, Math.ceil(input.length / 128));
  for (let block = 0; block < blocks; block++) {
    const isLast = block === blocks - 1;
    const bytes = new Uint8Array(128);
    bytes.set(input.subarray(block * 128, block * 128 + 128));
    const view = new DataView(bytes.buffer);
    const words = Array.from({ length: 16 }, (_, at) => view.getBigUint64(at * 8, true));
    v.set(state);
    v.set(initial, 8);
    v[12] ^= BigInt(isLast ? input.length : (block + 1) * 128);
    if (isLast) v[14] = ~v[14];
    for (let round = 0; round < 12; round++) {
      const order = orders[round % 10];
      for (const [at, [a, b, c, d]] of mixes.entries()) {
        v[a] += v[b] + words[order[2 * at]];
        v[d] = rotated(v[d] ^ v[a], 32n);
        v[c] += v[d];
        v[b] = rotated(v[b] ^ v[c], 24n);
        v[a] += v[b] + words[order[2 * at + 1]];
        v[d] = rotated(v[d] ^ v[a], 16n);
        v[c] += v[d];
        v[b] = rotated(v[b] ^ v[c], 63n);
      }
    }
    for (let at = 0; at < 8; at++) state[at] ^= v[at] ^ v[at + 8];
  }
  return Buffer.from(state.buffer).subarray(0, 32);
}

// ---- What is signed ----

/** Canonical JSON (RFC 8785) of what JSON.parse gave. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/** The hash that is signed: of the domain's length, the domain, and the statement. */
export function hashOf(domain, statement) {
  return blake2b256(Buffer.concat([Buffer.from([domain.length]), Buffer.from(domain), Buffer.from(canonical(statement))]));
}

const base64 = (bytes) => bytes.toString('base64url');
const fingerprintOf = (rootKey) => base64(hashOf('baton/v1/root', { rootKey }));

function isSigned(domain, statement, signature, key) {
  const [bytes, raw] = [Buffer.from(signature, 'base64url'), Buffer.from(key, 'base64url')];
  // Text that says the same bytes in another way is another text.
  if (raw.length !== 32 || base64(raw) !== key || bytes.length !== 64 || base64(bytes) !== signature) return false;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return verify(null, hashOf(domain, statement), createPublicKey({ key: spki, format: 'der', type: 'spki' }), bytes);
}

/** Requires the signature of one kind over a statement, by one key. */
function requireSigned(signed, { by, key, domain, content = signed.statement }, where) {
  const found = signed.signatures.filter((signature) => signature.by === by);
  demand(found.length === 1 && found[0].key === key && isSigned(domain, content, found[0].signature, key), where.file, `${where.what}: the signature does not hold`);
}

// ---- The organisation's log: who belonged to the firm, by which key, as what ----

const vouched = ['v', 'kind', 'account', 'organisation', 'root', 'invitation', 'signingKey', 'boxKey'];
const domain = (name) => `baton/v1/${name}`;

/** A certificate holds by itself and by whoever vouches: the root for the first partner, else the key of the link. */
function checkCertificate(signed, { root, organisation, invitation }, where) {
  const { statement } = signed;
  demand(statement.root === root && statement.organisation === organisation && statement.kind === 'member', where.file, `${where.what}: a certificate of another firm`);
  const content = Object.fromEntries(vouched.map((field) => [field, statement[field]]));
  if (invitation === null) {
    const key = signed.signatures.find(({ by }) => by === 'root')?.key;
    demand(statement.invitation === null && key !== undefined && fingerprintOf(key) === root, where.file, `${where.what}: the root does not vouch for it`);
    requireSigned(signed, { by: 'root', key, domain: domain('vouch'), content }, where);
  } else {
    demand(statement.invitation === invitation.invitation, where.file, `${where.what}: a certificate of another invitation`);
    requireSigned(signed, { by: 'link', key: invitation.linkKey, domain: domain('vouch'), content }, where);
  }
  requireSigned(signed, { by: 'account', key: statement.signingKey, domain: domain('certificate') }, where);
}

function checkInvitation(signed, firm, where) {
  const { statement } = signed;
  const inviter = memberOf(firm, statement.inviter, where);
  const isRight = statement.root === firm.root && statement.organisation === firm.organisation && statement.for.kind === 'colleague';
  demand(isRight && inviter.role === 'partner', where.file, `${where.what}: no partner invited them`);
  requireSigned(signed, { by: 'account', key: inviter.signingKey, domain: domain('invitation') }, where);
  return statement;
}

function memberOf(firm, account, where) {
  const member = firm.members.get(account);
  demand(member !== undefined && member.role !== null, where.file, `${where.what}: ${account} does not belong to the firm`);
  return member;
}

/** Partners and the root change roles and take people out; a firm keeps a partner. */
function checkAdmin(firm, line, where) {
  const { actor, organisation } = line.statement;
  if (actor === organisation) return requireSigned(line, { by: 'root', key: firm.rootKey, domain: domain('organisation-log') }, where);
  const member = memberOf(firm, actor, where);
  demand(member.role === 'partner', where.file, `${where.what}: not signed by a partner`);
  requireSigned(line, { by: 'account', key: member.signingKey, domain: domain('organisation-log') }, where);
}

function setRole(firm, account, role, seq, where) {
  const member = memberOf(firm, account, where);
  const others = [...firm.members].some(([other, { role: theirs }]) => other !== account && theirs === 'partner');
  demand(role === 'partner' || others, where.file, `${where.what}: no partner would be left`);
  member.role = role;
  member.roles.push({ since: seq, role });
}

function takeIn(firm, line, { certificate, invitation, role }, seq, where) {
  const { account, signingKey, boxKey } = certificate.statement;
  const invited = invitation === null ? null : checkInvitation(invitation, firm, where);
  checkCertificate(certificate, { ...firm, invitation: invited }, where);
  const isNew = !firm.members.has(account) && ![...firm.members.values()].some((member) => invited !== null && member.invitation?.invitation === invited.invitation);
  demand(isNew && (invited === null || invited.for.role === role), where.file, `${where.what}: they had come already, or as something else`);
  demand(line.statement.actor === account, where.file, `${where.what}: signed by somebody else`);
  requireSigned(line, { by: 'account', key: signingKey, domain: domain('organisation-log') }, where);
  firm.members.set(account, { signingKey, boxKey, role, roles: [{ since: seq, role }], invitation: invited, sequence: certificate.statement.sequence });
}

function certify(firm, line, { certificate }, where) {
  const { account, signingKey, boxKey, sequence } = certificate.statement;
  const member = memberOf(firm, account, where);
  const isSame = member.signingKey === signingKey && member.boxKey === boxKey && sequence > member.sequence && line.statement.actor === account;
  demand(isSame, where.file, `${where.what}: other keys than before`);
  checkCertificate(certificate, { ...firm, invitation: member.invitation }, where);
  requireSigned(line, { by: 'account', key: signingKey, domain: domain('organisation-log') }, where);
  member.sequence = sequence;
}

/** Replays the organisation's log from its first line. */
function replayFirm(lines, file) {
  let firm = null;
  for (const [seq, line] of lines.entries()) {
    const where = { file, what: `line ${seq}` };
    const { statement } = line;
    const { entry } = statement;
    demand(statement.seq === seq && statement.prev === (firm?.heads.at(-1) ?? null), file, `line ${seq}: does not follow the line before it`);
    demand((firm === null) === (entry.type === 'genesis'), file, `line ${seq}: the log begins elsewhere`);
    if (firm === null) {
      const { organisation, rootKey } = entry.organisation.statement;
      requireSigned(entry.organisation, { by: 'root', key: rootKey, domain: domain('organisation') }, where);
      firm = { organisation, rootKey, root: fingerprintOf(rootKey), heads: [], members: new Map() };
      takeIn(firm, line, { certificate: entry.admin, invitation: null, role: 'partner' }, seq, where);
    } else if (entry.type === 'join') {
      takeIn(firm, line, entry, seq, where);
    } else if (entry.type === 'certify') {
      certify(firm, line, entry, where);
    } else {
      demand(entry.type === 'role' || entry.type === 'revoke', file, `line ${seq}: of no kind that is known`);
      checkAdmin(firm, line, where);
      setRole(firm, entry.account, entry.type === 'role' ? entry.role : null, seq, where);
    }
    demand(statement.organisation === firm.organisation, file, `line ${seq}: of another firm`);
    firm.heads.push(base64(hashOf(domain('organisation-log'), statement)));
  }
  demand(firm !== null, file, 'is empty');
  return firm;
}

// ---- The project's log: who was on it ----

/** What an account was when the organisation's log had `length` lines. */
const roleAt = (firm, account, length) => firm.members.get(account)?.roles.findLast(({ since }) => since < length)?.role ?? null;

function checkProjectActor(firm, project, line, where) {
  const { actor, organisation, organisationLog, roster } = line.statement;
  if (actor === organisation) return requireSigned(line, { by: 'root', key: firm.rootKey, domain: domain('project-log') }, where);
  const role = roleAt(firm, actor, organisationLog.length);
  const leads = project.roster.some((entry) => entry.account === actor && entry.role === 'lead');
  const begins = project.heads.length === 0 && roster.some(({ account }) => account === actor);
  const may = role !== null && role !== 'researcher' && (project.heads.length === 0 ? begins : role === 'partner' || leads);
  demand(may, where.file, `${where.what}: signed by somebody who may not change the team`);
  requireSigned(line, { by: 'account', key: firm.members.get(actor).signingKey, domain: domain('project-log') }, where);
}

/** Whether a line is what its signer wrote, be they allowed to or not: which of two logs that disagree was changed. */
function isAsSigned(firm, { statement, signatures }) {
  const key = statement.actor === statement.organisation ? firm.rootKey : firm.members.get(statement.actor)?.signingKey;
  return key !== undefined && signatures.some(({ signature }) => isSigned(domain('project-log'), statement, signature, key));
}

function checkRoster(firm, project, { organisationLog, roster, change }, where) {
  const roles = roster.map(({ account }) => roleAt(firm, account, organisationLog.length));
  const leads = roster.filter(({ role }) => role === 'lead');
  const isSound = roles.every((role) => role !== null) && leads.length > 0 && roster.every(({ role }, at) => role === 'member' || roles[at] !== 'researcher');
  demand(isSound && new Set(roster.map(({ account }) => account)).size === roster.length, where.file, `${where.what}: a team that can’t be`);
  const isOn = (entries, account) => entries.some((entry) => entry.account === account);
  if (change.type === 'handover') {
    demand(isOn(project.roster, change.from) && !isOn(roster, change.from) && isOn(roster, change.to), where.file, `${where.what}: not handed over as it says`);
  }
}

/** Replays the project's log from its first line. Keys of epochs are not looked at: nothing is opened here. */
function replayProject(lines, firm, file) {
  let project = null;
  for (const [seq, line] of lines.entries()) {
    const where = { file, what: `line ${seq}` };
    const { statement } = line;
    project ??= { id: statement.project, roster: [], heads: [], organisationLength: 0 };
    demand(statement.seq === seq && statement.prev === (project.heads.at(-1) ?? null), file, `line ${seq}: does not follow the line before it`);
    demand((seq === 0) === (statement.change.type === 'genesis'), file, `line ${seq}: the log begins elsewhere`);
    demand(statement.organisation === firm.organisation && statement.project === project.id, file, `line ${seq}: of another firm or project`);
    const { length, head } = statement.organisationLog;
    if (length > firm.heads.length) {
      demand(isAsSigned(firm, line), file, `line ${seq}: names more of the organisation’s log than there is`);
      demand(false, logFiles.organisation, 'ends before what the project’s log names');
    }
    demand(firm.heads[length - 1] === head && length >= project.organisationLength, file, `line ${seq}: names another organisation’s log`);
    checkProjectActor(firm, project, line, where);
    checkRoster(firm, project, statement, where);
    project.roster = statement.roster;
    project.organisationLength = length;
    project.heads.push(base64(hashOf(domain('project-log'), statement)));
  }
  demand(project !== null, file, 'is empty');
  return project;
}

// ---- The archive ----

const manifestFile = 'manifest.json';
const logFiles = { organisation: 'logs/organisation.json', project: 'logs/project.json' };

/** All files of a folder, as paths with `/`. Whatever is no plain file does not belong into an archive. */
async function filesIn(folder, under = '') {
  const found = [];
  for (const entry of await readdir(join(folder, under), { withFileTypes: true })) {
    const path = under + entry.name;
    if (entry.isDirectory()) found.push(...(await filesIn(folder, `${path}/`)));
    else {
      demand(entry.isFile(), path, 'is no plain file');
      found.push(path);
    }
  }
  return found;
}

async function readJson(folder, file) {
  const bytes = await readFile(join(folder, file)).catch(() => null);
  demand(bytes !== null, file, 'is missing');
  try {
    return { bytes, value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    throw new Refusal(`${file}: was changed: it is no JSON any more`);
  }
}

/** What is not as its shape should be makes the code stumble: that is no more than another way to say that it was changed. */
async function naming(file, work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${file}: was changed: it does not have its form any more`);
  }
}

function checkManifest(manifest, firm, project) {
  const { statement } = manifest.value;
  // Byte by byte: JSON may say the same in many ways, and only one of them was exported.
  demand(`${JSON.stringify(manifest.value, null, 2)}\n` === manifest.bytes.toString('utf8'), manifestFile, 'was changed');
  demand(Object.keys(manifest.value).join() === 'statement,signatures' && manifest.value.signatures.length === 1, manifestFile, 'was changed');
  demand(Object.keys(manifest.value.signatures[0]).join() === 'by,key,signature', manifestFile, 'was changed');
  const exporter = memberOf(firm, statement.exporter, { file: manifestFile, what: 'its exporter' });
  requireSigned(manifest.value, { by: 'account', key: exporter.signingKey, domain: domain('project-export') }, { file: manifestFile, what: 'its exporter' });
  demand(statement.v === 1, manifestFile, 'is of a later version than this script');
  demand(statement.organisation === firm.organisation && statement.root === firm.root && statement.project === project.id, manifestFile, 'is of another firm or project than the logs');
  for (const [name, { heads }] of [['organisation', firm], ['project', project]]) {
    const named = statement[`${name}Log`];
    demand(named.length === heads.length && named.head === heads.at(-1), logFiles[name], 'is not the log that the manifest names');
  }
  demand(exporter.role === 'partner' && project.roster.some(({ account }) => account === statement.exporter), manifestFile, 'its exporter was no partner on the project');
  return statement;
}

async function checkFiles(folder, files) {
  const present = new Set(await filesIn(folder));
  present.delete(manifestFile);
  const problems = [];
  for (const { path, bytes, sha256 } of files) {
    // Only what was found in the folder is read, whatever path a manifest names.
    const content = present.delete(path) ? await readFile(join(folder, ...path.split('/'))) : null;
    if (content === null) problems.push(`${path}: is missing`);
    else if (content.length !== bytes || createHash('sha256').update(content).digest('hex') !== sha256) problems.push(`${path}: was changed`);
  }
  problems.push(...[...present].map((path) => `${path}: does not belong to the archive`));
  if (problems.length > 0) throw new Refusal(problems.join('\n'));
}

/** Checks a folder. Returns the manifest's statement; throws a Refusal that names the file, or several, line by line. */
export async function verifyArchive(folder) {
  const manifest = await readJson(folder, manifestFile);
  const organisationLog = await readJson(folder, logFiles.organisation);
  const projectLog = await readJson(folder, logFiles.project);
  const firm = await naming(logFiles.organisation, () => replayFirm(organisationLog.value, logFiles.organisation));
  const project = await naming(logFiles.project, () => replayProject(projectLog.value, firm, logFiles.project));
  const statement = await naming(manifestFile, () => checkManifest(manifest, firm, project));
  await checkFiles(folder, statement.files);
  return statement;
}

// ---- What it prints ----

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** As the sheet of the recovery kit has it: the first 100 bits in Crockford's base 32, five groups of four. */
export function shortFingerprint(fingerprint) {
  const bits = [...Buffer.from(fingerprint, 'base64url').subarray(0, 13)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: 20 }, (_, at) => digits[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)]);
  return [0, 4, 8, 12, 16].map((start) => letters.slice(start, start + 4).join('')).join(' ');
}

/** Nothing that somebody wrote may move the cursor of a terminal. */
const plain = (text) => String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

function report(statement) {
  const { names, files } = statement;
  const rows = [
    ['Project', `${names.project} (${statement.project})`],
    ['Firm', `${names.firm} (${statement.organisation})`],
    ['Exported', `${statement.exportedAt} by ${names.exporter} (${statement.exporter}), a partner on the project`],
    ['Content', `${statement.threads} threads, ${statement.messages} messages`],
    ['Not decrypted', `${statement.unreadable.length} messages`],
    ['Writer not proven', `${statement.unverified.length} messages`],
    ['Not read to the first message', `${statement.incomplete.length} rooms`],
    ['Root of the firm', shortFingerprint(statement.root)],
    ['', statement.root],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [
    `OK: ${files.length} files, each as it was exported; none is missing, none was added.`,
    '',
    ...rows.map(([name, value]) => `${name.padEnd(width)}${plain(value)}`),
    '',
    'Compare the root of the firm with the sheet of its recovery kit. That it is the same, only you can see.',
    'Names, and what stands in the files, are what the exporter signed for.',
  ].join('\n');
}

async function main() {
  const folder = resolve(process.argv[2] ?? dirname(fileURLToPath(import.meta.url)));
  try {
    process.stdout.write(`${report(await verifyArchive(folder))}\n`);
  } catch (error) {
    const lines = error instanceof Refusal ? error.message.split('\n').map(plain) : [`The archive could not be read: ${plain(error.message)}`];
    console.error(['NOT OK', ...lines].join('\n'));
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
