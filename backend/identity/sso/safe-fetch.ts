import { BlockList, isIP } from 'node:net';
import type { CustomFetch } from 'openid-client';

/** An honest provider's largest answer is a key set of a few kilobytes. */
const MAX_BYTES = 512 * 1024;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
/** Where clouds keep their machines' credentials, and what never is a provider. */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('0.0.0.0', 8, 'ipv4');
forbidden.addAddress('100.100.100.200', 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
forbidden.addAddress('::', 'ipv6');
const METADATA_NAMES = new Set(['metadata.google.internal', 'metadata', 'instance-data']);

const bare = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

function isListed(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Is it this very machine? The one place where plain http is taken: nothing can listen in between. */
function isLoopback(url: URL): boolean {
  const host = bare(url);
  return host === 'localhost' || host.endsWith('.localhost') || isListed(loopback, host);
}

/**
 * What speaks against the server asking this address for a provider with this issuer; null: nothing. A provider on
 * the company's own network is fine; the machine itself is only for a provider that lives there, and a cloud's
 * metadata service for none.
 */
export function addressProblem(url: URL, issuer: URL): string | null {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    return 'must begin with https:// (http:// is for localhost alone)';
  }
  if (isListed(forbidden, bare(url)) || METADATA_NAMES.has(bare(url))) return 'is not an address of a provider';
  if (isLoopback(url) && !isLoopback(issuer)) return 'must not lead to this server itself';
  return null;
}

/** The provider told us to ask an address that we do not ask. */
export class UnsafeAddressError extends Error {
  constructor(url: URL, problem: string) {
    super(`${url.origin} ${problem}`);
    this.name = 'UnsafeAddressError';
  }
}

/**
 * `fetch` for what a provider's own description names: checked addresses only, redirects not followed, answers of
 * at most 512 KiB.
 */
export function safeFetch(issuer: URL): CustomFetch {
  return async (address, options) => {
    const url = new URL(address);
    const problem = addressProblem(url, issuer);
    if (problem !== null) throw new UnsafeAddressError(url, problem);
    const response = await fetch(url, { ...options, redirect: 'manual' } as RequestInit);
    return new Response(await readAtMost(response, MAX_BYTES), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = response.body?.getReader();
  if (!reader) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Error(`the answer has more than ${maxBytes} bytes`);
    }
    chunks.push(part.value);
  }
  return size === 0 ? null : new Uint8Array(Buffer.concat(chunks));
}
