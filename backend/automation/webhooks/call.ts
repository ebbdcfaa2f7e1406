import { lookup as lookUp } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isAllowedHost, isPublicAddress, webhookProblem } from './address.ts';

const TIMEOUT_MS = 10_000;

/** The call could not be made, or the other side refused it. The message is one sentence for the rule's owner. */
export class CallError extends Error {
  /** another try makes no sense */
  readonly isFinal: boolean;
  readonly status: number | null;
  constructor(message: string, options: { isFinal: boolean; status?: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'CallError';
    this.isFinal = options.isFinal;
    this.status = options.status ?? null;
  }
}

/**
 * Posts `body` to the address. Answers the status when it is 2xx; redirects are not followed and what is answered is
 * not read. The name is looked up here and the connection goes to the very address that was checked, so that a name
 * that changes its mind in between leads nowhere else.
 *
 * @throws CallError
 */
export async function call(
  url: URL,
  { headers, body, allowedHosts }: { headers: Record<string, string>; body: string; allowedHosts: readonly string[] },
): Promise<number> {
  const problem = webhookProblem(url, allowedHosts);
  if (problem !== null) throw new CallError(`The address ${problem}.`, { isFinal: true });
  const address = await checkedAddress(url, isAllowedHost(url, allowedHosts));
  const status = await post(url, address, headers, body);
  if (status >= 200 && status < 300) return status;
  const isFinal = status < 500 && status !== 408 && status !== 425 && status !== 429;
  throw new CallError(`${url.host} answered ${status}.`, { isFinal, status });
}

async function checkedAddress(url: URL, isAllowed: boolean): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found =
    family === 0
      ? await lookUp(host, { all: true }).catch((cause: unknown) => {
          throw new CallError(`The name ${host} can’t be found.`, { isFinal: false, cause });
        })
      : [{ address: host, family }];
  const [first] = found;
  if (!first) throw new CallError(`The name ${host} can’t be found.`, { isFinal: false });
  if (!isAllowed && found.some(({ address }) => !isPublicAddress(address))) {
    throw new CallError(`${host} is not on the open internet, so it was not called.`, { isFinal: true });
  }
  return first;
}

function post(
  url: URL,
  { address, family }: { address: string; family: number },
  headers: Record<string, string>,
  body: string,
): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new CallError(`${url.host} could not be reached.`, { isFinal: false, cause }));
    const sent: ClientRequest = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
        lookup: (_host, options, done) => {
          if (options.all) done(null, [{ address, family }]);
          else done(null, address, family);
        },
      },
      (answer: IncomingMessage) => {
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}
