import { join } from 'node:path';
import { cacheFolder, projectFolder } from '../paths.ts';
import { answersOk } from '../process/answersOk.ts';
import { createService, type Service } from '../process/service.ts';
import { stopRecordedProcess } from '../process/record.ts';
import type { ApiEnvironment } from './apiEnvironment.ts';

/**
 * Starts the API, and with it the pages, on the port that its environment names. One that an earlier run left behind is
 * stopped first.
 * @param folder data folder of the installation
 * @throws ServiceFailure when it does not come up
 */
export async function startApi(folder: string, environment: ApiEnvironment): Promise<Service> {
  await stopOrphanedApi(folder);
  const service = createService({
    name: 'The API',
    command: process.execPath,
    args: [join(projectFolder, 'apps', 'api', 'src', 'main.ts')],
    folder: projectFolder,
    // Compiled code is kept between starts: loading the API takes half the time with it.
    env: { PATH: '/usr/bin:/bin', NODE_ENV: 'production', NODE_COMPILE_CACHE: join(cacheFolder, 'compiled'), ...environment },
    user: null,
    logFile: join(folder, 'logs', 'api.log'),
    recordFile: recordFile(folder),
    isReady: () => answersOk(`http://127.0.0.1:${environment.PORT}/readyz`),
    readyWithin: 60_000,
    stopSignal: 'SIGTERM',
    stopWithin: 15_000,
  });
  await service.start();
  return service;
}

/** Stops an API that an earlier run left on this data folder. */
export async function stopOrphanedApi(folder: string): Promise<void> {
  await stopRecordedProcess(recordFile(folder), 'SIGTERM', 15_000);
}

function recordFile(folder: string): string {
  return join(folder, 'processes', 'api.json');
}
