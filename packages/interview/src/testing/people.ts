/** The two people of a stage. */
export const people = { recruiter: '@recruiter:test', candidate: '@candidate:test' } as const;
