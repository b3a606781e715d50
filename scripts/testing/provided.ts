/** How a test reaches the one PostgreSQL of its run. */
export interface ProvidedPostgres {
  /** Connections to the database `postgres`; replace the path for another database. */
  superuserUrl: string;
  ownerUrl: string;
  apiUrl: string;
  /** A migrated, empty database to clone. */
  template: string;
}

/** A homeserver's address and secrets, as the API's environment names them. */
export interface ProvidedMatrix {
  url: string;
  serverName: string;
  asToken: string;
  registrationSecret: string;
  jwtSecret: string;
  jwtIssuer: string;
  jwtAudience: string;
}

/** A whole running system. */
export interface ProvidedStack {
  /** The one address that browsers use. */
  origin: string;
  /** Data folder: databases, media, logs. */
  folder: string;
  /** Superuser's connection to the API's database. */
  superuserUrl: string;
  matrix: ProvidedMatrix;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run: what lies in it is removed at the end, and what was started from it stopped. */
    runFolder: string;
    /** In the projects pg, synapse and e2e. */
    postgres: ProvidedPostgres;
    /** In the project synapse: one homeserver for the whole run. */
    matrix: ProvidedMatrix;
    /** In the project e2e: one system for the whole run, on which any number of firms may be set up. */
    stack: ProvidedStack;
  }
}
