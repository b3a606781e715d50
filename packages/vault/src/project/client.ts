import { isBatonError } from '@baton/base';
import type { DeviceStore } from '../device/deviceStore.ts';
import { jsonRecord } from '../device/records.ts';
import type { ProjectServer } from '../flows/projectServer.ts';
import type { OrganisationLogView } from '../log/client.ts';
import { makeRememberedLog, takeOn, type LogView } from '../log/rememberedLog.ts';
import type { OrganisationState } from '../log/state.ts';
import { refusal } from '../errors.ts';
import { parseProjectLine } from '../statements/parse.ts';
import type { ProjectLogStatement, Signed } from '../statements/statements.ts';
import { hashOfProjectLine, verifyNextProjectLine } from './replay.ts';
import type { ProjectState } from './state.ts';

/** This device's view of a project's log. Null as long as the project has no genesis. */
export interface ProjectLog extends LogView<ProjectState> {
  readonly project: string;
  /** By it the roles count. */
  readonly organisation: OrganisationLogView;
  /**
   * Appends what `build` makes of the newest state of both logs; null: nothing to be said any more. Built again when a colleague
   * was faster. Throws what `refresh`, `verifyNextProjectLine` and the server throw.
   */
  append(build: (state: ProjectState | null, organisation: OrganisationState) => Signed<ProjectLogStatement> | null): Promise<ProjectState | null>;
}

/** The project's state, and how long the organisation's log was known to be before the project's end was seen. */
type SeenProject = ProjectState & { organisationSeen: number };

/** As devices keep it: one that has not read on for long may not know who was taken off. */
type RememberedProject = Omit<SeenProject, 'gone'> & Partial<Pick<SeenProject, 'gone'>>;

/**
 * Opens a project's log as this device remembers it. A line that the server shows later than it showed the end of this log was
 * appended later, so it has to hold by what this device knew of the organisation then: somebody revoked can't write in the
 * name of who they were.
 */
export async function openProjectLog(deps: {
  server: ProjectServer;
  device: DeviceStore;
  organisationLog: OrganisationLogView;
  project: string;
}): Promise<ProjectLog> {
  const { server, organisationLog, project } = deps;
  const record = jsonRecord<RememberedProject>(deps.device, `project-log/${project}`);
  const remembered = await record.read();

  const known = (): OrganisationState => {
    const organisation = organisationLog.current();
    if (organisation === null) throw refusal('ORGANISATION_LOG_AHEAD', { length: 1 });
    return organisation;
  };
  const verifyNext = (state: SeenProject | null, line: unknown): SeenProject => {
    const organisationSeen = state?.organisationSeen ?? 0;
    return { ...verifyNextProjectLine(state, line, known(), { project, organisationSeen }), organisationSeen };
  };
  const hashOf = (line: unknown): string => hashOfProjectLine(parseProjectLine(line).statement);
  const advanceOnce = async (state: SeenProject | null): Promise<SeenProject | null> => {
    const organisationSeen = organisationLog.current()?.length ?? 0;
    const next = await takeOn(state, { fetch: (after) => server.projectLog(project, after), hashOf, verifyNext });
    return next === null || next.organisationSeen >= organisationSeen ? next : { ...next, organisationSeen };
  };

  const log = makeRememberedLog<SeenProject, Signed<ProjectLogStatement>>({
    remembered: remembered && { ...remembered, gone: remembered.gone ?? {} },
    remember: (state) => record.write(state),
    advance: async (state) => {
      if (organisationLog.current() === null) await organisationLog.refresh();
      try {
        return await advanceOnce(state);
      } catch (error) {
        if (!isBatonError(error, 'ORGANISATION_LOG_AHEAD')) throw error;
        await organisationLog.refresh();
        return await advanceOnce(state);
      }
    },
    verifyNext,
  });
  return {
    ...log,
    project,
    organisation: organisationLog,
    append: (build) =>
      log.append(
        async (state) => {
          // A line names the organisation's newest state, or the server takes it for one of a colleague who knows less.
          await organisationLog.refresh();
          return build(state, known());
        },
        (line) => server.appendProjectLog(line),
      ),
  };
}
