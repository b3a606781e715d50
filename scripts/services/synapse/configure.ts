import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../secrets.ts';
import { projectFolder } from '../paths.ts';
import { writeFileAtomically } from '../process/writeFileAtomically.ts';

/** Issuer and audience of the tokens with which browsers log in at the homeserver. */
export const jwtIssuer = 'baton';
export const jwtAudience = 'synapse';

const templates = join(projectFolder, 'infra', 'synapse');

export interface SynapseConfiguration {
  /** Synapse's own folder within the data folder. */
  folder: string;
  port: number;
  serverName: string;
  /** Address that browsers use. */
  publicOrigin: string;
  secrets: Secrets;
}

/**
 * Writes the configuration, the registration of the application service and, once, the signing key.
 * @returns the path of homeserver.yaml
 */
export function configureSynapse({ folder, port, serverName, publicOrigin, secrets }: SynapseConfiguration): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inside = (name: string) => join(folder, name);
  const write = (template: string, values: Readonly<Record<string, string | number>>) => {
    writeFileAtomically(inside(template), fillIn(readFileSync(join(templates, template), 'utf8'), values));
    return inside(template);
  };

  // As Synapse writes it itself, without starting Python for it: version, 32 bytes in base64 without padding.
  if (!existsSync(inside('signing.key'))) {
    const name = randomBytes(2).toString('hex');
    writeFileAtomically(inside('signing.key'), `ed25519 a_${name} ${randomBytes(32).toString('base64').replace(/=+$/, '')}\n`);
  }
  const registrationFile = write('registration.yaml', {
    asToken: secrets.matrixAsToken,
    hsToken: secrets.matrixHsToken,
    userPattern: `@.*:${serverName.replace(/[.\\[\]:]/g, '\\$&')}`,
    aliasPattern: `#(con|prj)_.*:${serverName.replace(/[.\\[\]:]/g, '\\$&')}`,
  });
  return write('homeserver.yaml', {
    serverName,
    publicBaseUrl: `${publicOrigin}/`,
    port,
    pidFile: inside('homeserver.pid'),
    signingKeyFile: inside('signing.key'),
    mediaFolder: inside('media'),
    logConfigFile: write('log.yaml', {}),
    databaseFile: inside('homeserver.db'),
    registrationFile,
    registrationSecret: secrets.matrixRegistrationSecret,
    jwtSecret: secrets.matrixJwtSecret,
    jwtIssuer,
    jwtAudience,
    macaroonSecret: secrets.matrixMacaroonSecret,
    formSecret: secrets.matrixFormSecret,
  });
}

/**
 * Puts values, as JSON (which YAML reads), where a template says `{{name}}`.
 * @throws Error when the template names a value that is not given
 */
export function fillIn(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template names "${name}", which has no value.`);
    return JSON.stringify(value);
  });
}
