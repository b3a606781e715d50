import type { Locale } from '../../../platform/preferences/preferences.ts';

const english = (project: string): string => `${project}: an export from Baton

Open index.html in any browser; it needs no network. Everybody who has these files can read them: keep them as you would keep
the conversations themselves.


WHAT IS HERE

index.html            the project, its team, candidates by stage, and links to every thread
threads/*.html        one page a thread, with the team's notes on it
team-room.html        the room in which the team talks among itself
project.json, threads/*.json, team-room.json      the same for programs, see below
logs/organisation.json                            who belongs to the firm, line by line, as it was signed
logs/project.json                                 who was on the project, line by line, as it was signed
manifest.json         every file with its size and SHA-256, signed by whoever exported it
verify.mjs            checks all of this


HOW TO CHECK

    node verify.mjs

With Node 20 or newer, in this folder. It names every file that was changed, removed or added, and prints the fingerprint of the
firm's root: compare it with the sheet of the firm's recovery kit. Whoever changes files could change the script as well, so for
a check that matters take verify.mjs from somewhere you trust and name the folder: node verify.mjs FOLDER.

What the check proves: a partner of this firm, who was on this project, put these files together and signed for them. What each
message says is what that partner's device decrypted. Messages whose writer is not proven, and those that could not be decrypted,
are listed in the manifest.


FIELDS OF THE JSON FILES

Times are ISO 8601 in UTC; null where there is nothing.

project.json
  firm, exporter       id, name
  rootFingerprint      short form, as on the recovery kit's sheet
  exportedAt
  project              id, name, publicTitle (how candidates were told of it), client, createdAt, archivedAt
  team[]               id, name, role (LEAD, MEMBER)
  stages[]             id, name, kind (ACTIVE, PLACED, CLOSED), in order
  candidates[]         candidacyId, personId, name, title, company, location, source, handles[] (kind, raw), tags[], stageId,
                       stageSince, history[] (at, from, to, by, reason), notes[] (at, by, body), conversationId
  threads[]            conversationId (null: the team's room), name, page, record (its JSON file), messages, first, last, complete

threads/*.json, team-room.json
  conversationId, roomId (Matrix), name, about (how the role was told to the candidate)
  complete             false: the server did not give the thread from its first message
  items[]              oldest first, by kind:
    message            eventId (Matrix), at (by the server's clock), sender (Matrix id), senderName, isCandidate, body,
                       replyTo (eventId, sender, excerpt), noteOn (conversationId that a note of the team is on), card (a form of
                       its own that stands beside the text), proof: certified (a device of the sender's certified identity),
                       unverified, or clear (it was not encrypted)
    undecrypted        eventId, at, sender, senderName, isCandidate
    missing            count, at (of the message after them), sender, senderName, isCandidate
    reordered          at (of the message after it, which was written after one that stands further down), sender, senderName, isCandidate
    joined, left, removed      at, person (Matrix id), personName
    handover           at, projectLogLine (its number in logs/project.json)

manifest.json
  statement            what is signed: organisation, root (fingerprint), project, exporter (account), names, exportedAt,
                       organisationLog and projectLog (length, hash of the last line), threads, messages, incomplete (rooms),
                       unreadable and unverified (room, event), files[] (path, bytes, sha256)
  signatures           one, Ed25519, over BLAKE2b-256 of: length of the domain (1 byte), the domain "baton/v1/project-export", and
                       the statement as canonical JSON (RFC 8785). Binary values are base64url, digests of files hexadecimal.
`;

const chinese = (project: string): string => `${project}：Baton 导出档案

用任意浏览器打开 index.html 即可阅读，无需网络。任何拿到这些文件的人都能阅读：请像保管对话本身一样保管它们。


内容

index.html            项目、团队、各阶段候选人，以及每个对话的链接
threads/*.html        每个对话一页，附团队备注
team-room.html        团队内部聊天室
project.json、threads/*.json、team-room.json      供程序读取的相同内容，见下文
logs/organisation.json                            公司成员日志，逐行签名
logs/project.json                                 项目成员日志，逐行签名
manifest.json         每个文件的大小和 SHA-256，由导出者签名
verify.mjs            核对以上全部内容


如何核对

    node verify.mjs

在此文件夹中运行，需要 Node 20 或更新版本。它会指出每个被改动、删除或添加的文件，并显示公司根指纹：请与公司恢复单上的指纹对照。
能改动文件的人也能改动脚本；若核对结果事关重大，请从可信来源取得 verify.mjs，并指定文件夹：node verify.mjs 文件夹。

核对能证明：此公司的一位合伙人（当时在此项目中）汇集了这些文件并为其签名。消息内容是该合伙人的设备解密所得。无法证明作者的消息和
无法解密的消息都列在 manifest.json 中。


JSON 文件的字段

时间为 UTC 的 ISO 8601 格式；没有内容时为 null。

project.json
  firm、exporter       id、name
  rootFingerprint      公司根指纹的简短形式，与恢复单上的一致
  exportedAt           导出时间
  project              id、name、publicTitle（对候选人的称呼）、client（客户）、createdAt、archivedAt
  team[]               id、name、role（LEAD 负责人，MEMBER 成员）
  stages[]             id、name、kind（ACTIVE、PLACED、CLOSED），按顺序
  candidates[]         candidacyId、personId、name、title、company、location、source、handles[]（kind、raw）、tags[]、stageId、
                       stageSince、history[]（at、from、to、by、reason）、notes[]（at、by、body）、conversationId
  threads[]            conversationId（null 表示团队聊天室）、name、page、record（其 JSON 文件）、messages、first、last、complete

threads/*.json、team-room.json
  conversationId、roomId（Matrix）、name、about（对候选人所说的职位）
  complete             false 表示服务器没有提供从第一条消息起的全部内容
  items[]              从旧到新，按 kind 分：
    message            eventId（Matrix）、at（服务器时间）、sender（Matrix 标识）、senderName、isCandidate、body、
                       replyTo（eventId、sender、excerpt）、noteOn（团队备注所属的 conversationId）、card（文字之外的卡片）、
                       proof：certified（由发送者已认证身份的设备签名）、unverified（未证实）或 clear（未加密）
    undecrypted        无法解密：eventId、at、sender、senderName、isCandidate
    missing            缺失的消息：count、at（其后一条消息的时间）、sender、senderName、isCandidate
    reordered          顺序被改动：at（其后一条消息的时间，它写于更下方的某条消息之后）、sender、senderName、isCandidate
    joined、left、removed      加入、离开、被移出：at、person（Matrix 标识）、personName
    handover           项目交接：at、projectLogLine（在 logs/project.json 中的行号）

manifest.json
  statement            被签名的内容：organisation、root（根指纹）、project、exporter（账户）、names、exportedAt、
                       organisationLog 和 projectLog（长度、末行哈希）、threads、messages、incomplete（聊天室）、
                       unreadable 和 unverified（room、event）、files[]（path、bytes、sha256）
  signatures           一个 Ed25519 签名，对象是以下内容的 BLAKE2b-256：域名长度（1 字节）、域名 "baton/v1/project-export"、
                       statement 的规范 JSON（RFC 8785）。二进制值为 base64url，文件摘要为十六进制。
`;

/** The archive's README, by language. */
export const readmes: Readonly<Record<Locale, (project: string) => string>> = { en: english, 'zh-CN': chinese };
