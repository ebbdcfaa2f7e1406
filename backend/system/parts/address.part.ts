import type { Config } from '../../config.ts';
import type { Arrival, Finding, SystemPart } from '../part.ts';
import { reasonOf } from '../patience.ts';

const ANSWER_MS = 5_000;
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

type AddressConfig = Pick<Config, 'publicUrl' | 'trustProxy' | 'isProduction'>;

/** How people reach the server: links in mails, cookies and sign-in depend on it. */
export function addressPart(config: AddressConfig): SystemPart {
  return {
    key: 'address',
    label: 'Address',
    look: async ({ arrival }) => judge(config, arrival),
    async test() {
      try {
        const response = await fetch(`${config.publicUrl}/healthz`, {
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        const body = response.status === 200 ? await response.text() : '';
        if (body.includes('"ok"')) return { status: 'ok', detail: `${config.publicUrl} leads here.` };
        const detail = `${config.publicUrl} answered HTTP ${response.status}, but not as SalesPulse. Check PUBLIC_URL and the proxy in front.`;
        return { status: 'failed', detail };
      } catch (error) {
        const reason = reasonOf((error as Error).cause ?? error);
        const detail = `${config.publicUrl} can't be reached from this server (${reason}). If people reach it, nothing is wrong; else check PUBLIC_URL.`;
        return { status: 'warning', detail };
      }
    },
  };
}

function judge({ publicUrl, trustProxy, isProduction }: AddressConfig, { host, forwardedFor }: Arrival): Finding {
  const url = new URL(publicUrl);
  const facts = [
    { label: 'PUBLIC_URL', value: publicUrl },
    { label: 'You came by', value: host ?? 'no name' },
    { label: 'HTTPS', value: url.protocol === 'https:' ? 'yes' : 'no' },
    { label: 'Proxy in front', value: trustProxy ? 'trusted (TRUST_PROXY)' : 'not trusted' },
  ];
  const found = (status: Finding['status'], detail: string): Finding => ({ status, detail, facts });
  if (host !== undefined && host.toLowerCase() !== url.host) {
    const detail = `You came by ${host}, but links in mails and sign-in use ${url.host}. Set PUBLIC_URL to the address that people type.`;
    return found('warning', detail);
  }
  if (url.protocol === 'http:' && !LOCAL.has(url.hostname)) {
    const detail =
      'Passwords and data travel unencrypted. Put a proxy with a certificate in front and set PUBLIC_URL to its https address.';
    return found(isProduction ? 'failed' : 'warning', detail);
  }
  if (forwardedFor !== undefined && !trustProxy) {
    const detail =
      'Requests come through a proxy that is not trusted, so everybody seems to have its address and is slowed down together. Set TRUST_PROXY=true.';
    return found('warning', detail);
  }
  if (forwardedFor === undefined && trustProxy) {
    const detail =
      'TRUST_PROXY is set, but this request came without a proxy: whoever reaches this port can pretend any address. Unset it, or let only the proxy reach the port.';
    return found('warning', detail);
  }
  return found('ok', 'People reach SalesPulse by the address that links and sign-in use. Nothing to do.');
}
