/** Name under which the one worker of this browser serves. */
export const clientName = 'baton-client';
