import type { Context } from 'hono';

const FORWARDING = /^(?:forwarded|via|x-real-ip|x-forwarded-.*|cf-.*)$/;
const LOOPBACK_HOST = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]+)?$/;

/** A header can only take trust away here: a request that names a proxy, or another host, is a stranger's. */
export function isLocal(c: Context): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const address = incoming?.socket?.remoteAddress ?? '';
  const loopback = address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
  const forwarded = Object.keys(c.req.header()).some((name) => FORWARDING.test(name));
  return loopback && !forwarded && LOOPBACK_HOST.test(c.req.header('host') ?? '');
}
