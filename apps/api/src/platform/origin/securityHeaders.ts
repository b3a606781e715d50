import type { FastifyInstance } from 'fastify';

/**
 * The only two places of the build that may make script out of text: Solid's compiled templates, and the addresses of our
 * own workers. Web names them so.
 */
const trustedTypesPolicies = ['solid-templates', 'own-workers'] as const;

/** Content-Security-Policy of every answer. */
export function contentSecurityPolicy(publicOrigin: string): string {
  const webSocket = publicOrigin.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src 'self' ${webSocket}`,
    "img-src 'self' data: blob:",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `trusted-types ${trustedTypesPolicies.join(' ')}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** Sets what every answer of the origin carries; the homeserver's own headers stand beside it. */
export function setSecurityHeaders(app: FastifyInstance, publicOrigin: string): void {
  const headers: Record<string, string> = {
    'content-security-policy': contentSecurityPolicy(publicOrigin),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=()',
    ...(publicOrigin.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
  app.addHook('onRequest', async (_request, reply) => {
    // On the raw answer too: what is passed on from the homeserver never becomes a reply.
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
  });
}
