import { BlockList, isIP } from 'node:net';

/** Addresses that belong to nobody on the open internet: this machine, the company's own networks, a cloud's metadata. */
const inner = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inner.addSubnet(network, bits, 'ipv4');
}
/** Of IPv6 only what is given out for the open internet is taken, without what carries IPv4 addresses inside. */
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
const carriesV4 = new BlockList();
carriesV4.addSubnet('2001::', 23, 'ipv6');
carriesV4.addSubnet('2001:db8::', 32, 'ipv6');
carriesV4.addSubnet('2002::', 16, 'ipv6');

/** May rules call this IP address? */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !inner.check(address, 'ipv4');
    case 6:
      return globalV6.check(address, 'ipv6') && !carriesV4.check(address, 'ipv6');
    default:
      return false;
  }
}

const bareHost = (url: URL): string =>
  url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

/** Is this a host of the company's own that the configuration allows? */
export const isAllowedHost = (url: URL, allowed: readonly string[]): boolean =>
  allowed.includes(bareHost(url)) || allowed.includes(url.host.toLowerCase());

/** What speaks against calling the address, as far as its text tells; null: nothing. Names are looked up at each call. */
export function webhookProblem(url: URL, allowed: readonly string[]): string | null {
  if (isAllowedHost(url, allowed))
    return url.protocol === 'https:' || url.protocol === 'http:' ? null : 'must begin with https://';
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a name or password';
  const host = bareHost(url);
  if (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.internal') ||
    (!host.includes('.') && isIP(host) === 0)
  ) {
    return 'must be on the open internet (or named in WEBHOOK_ALLOWED_HOSTS)';
  }
  if (isIP(host) !== 0 && !isPublicAddress(host)) {
    return 'must be on the open internet (or named in WEBHOOK_ALLOWED_HOSTS)';
  }
  return null;
}
