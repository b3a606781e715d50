import { newId } from '@baton/base';
import { AddNoteDocument, BoardAddCandidacyDocument, CreatePersonDocument, CreateProjectDocument, MoveCandidacyDocument, type HandleInput } from '../../apps/web/src/generated/graphql.ts';
import { throwUserErrors } from '../../apps/web/src/platform/graphql/request.ts';
import type { HeadlessClient } from '../headless/headlessClient.ts';
import { people, type SamplePerson, type SampleProject } from './agency.ts';
import { colleague, type Staff } from './foundFirm.ts';

export interface FilledProject {
  /** The candidacy of a person on this board, by the person's key. */
  candidacyOf: ReadonlyMap<string, string>;
}

/** A project with its members and its board. Each person went through every stage up to theirs, moved by the lead. */
export async function fillProject(staff: Staff, project: SampleProject): Promise<FilledProject> {
  const { client } = colleague(staff, project.lead);
  const id = newId('project');
  const { createProject } = await client.request(CreateProjectDocument, {
    input: {
      id,
      name: project.name,
      clientName: project.client,
      publicTitle: project.publicTitle,
      locale: project.locale,
      members: project.members.map((key) => ({ memberId: colleague(staff, key).accountId, role: 'MEMBER' as const })),
    },
  });
  throwUserErrors(createProject.userErrors);
  const stages = createProject.project?.stages.toSorted((a, b) => a.position - b.position).map((stage) => stage.id) ?? [];
  const candidacyOf = new Map<string, string>();
  for (const [reached, keys] of project.board.entries()) {
    for (const key of keys) {
      const personId = await addPerson(client, personOf(key));
      candidacyOf.set(key, await addToBoard(client, personId, id, stages.slice(0, reached + 1)));
    }
  }
  return { candidacyOf };
}

async function addPerson(client: HeadlessClient, person: SamplePerson): Promise<string> {
  const id = newId('person');
  const handles: HandleInput[] = [
    { kind: 'EMAIL', raw: person.email },
    ...(person.phone === undefined ? [] : [{ kind: 'PHONE', raw: person.phone } as const]),
    ...(person.wechat === undefined ? [] : [{ kind: 'WECHAT', raw: person.wechat } as const]),
  ];
  const { name, title, company: companyName, location, tags } = person;
  throwUserErrors((await client.request(CreatePersonDocument, { input: { id, name, title, companyName, location, handles, tags } })).createPerson.userErrors);
  if (person.note !== undefined) throwUserErrors((await client.request(AddNoteDocument, { input: { id: newId('note'), personId: id, body: person.note } })).addNote.userErrors);
  return id;
}

async function addToBoard(client: HeadlessClient, personId: string, projectId: string, way: string[]): Promise<string> {
  const id = newId('candidacy');
  throwUserErrors((await client.request(BoardAddCandidacyDocument, { input: { id, personId, projectId } })).addCandidacy.userErrors);
  for (const [index, toStageId] of way.slice(1).entries()) {
    const { moveCandidacy } = await client.request(MoveCandidacyDocument, { input: { eventId: newId('stageEvent'), candidacyId: id, fromStageId: way[index] ?? '', toStageId } });
    throwUserErrors(moveCandidacy.userErrors);
  }
  return id;
}

/** The person of a key. @throws Error when agency.ts puts somebody on a board who is not in it */
export function personOf(key: string): SamplePerson {
  const person = people.find((other) => other.key === key);
  if (!person) throw new Error(`agency.ts has no person called ${key}`);
  return person;
}
