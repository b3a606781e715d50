import type { FastifyReply, FastifyRequest } from 'fastify';

/** A year in seconds: a browser that is used stays signed in; a partner or the person ends it. */
const maxAge = 365 * 24 * 3600;

/** Reads and writes the session cookie, as the origin allows: `__Host-` and Secure wherever it is https. */
export function sessionCookie(publicOrigin: string): {
  read(request: FastifyRequest): string | undefined;
  of(reply: FastifyReply): { set(token: string): void; clear(): void };
} {
  const secure = publicOrigin.startsWith('https:');
  const name = secure ? '__Host-baton' : 'baton';
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return {
    read: (request) => request.cookies[name],
    of: (reply) => ({
      set: (token) => void reply.setCookie(name, token, { ...options, maxAge }),
      clear: () => void reply.clearCookie(name, options),
    }),
  };
}
