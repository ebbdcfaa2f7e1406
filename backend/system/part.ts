import type { Actor } from '../access/index.ts';
import type { SystemCheck } from '../contracts/administration.ts';

/** What was found out about a part. */
export interface Finding {
  status: SystemCheck['status'];
  /** what is so, and what to do when it is not ok; one or two sentences */
  detail: string;
  facts: SystemCheck['facts'];
}

/** How the asking request came in: what the address is judged by. */
export interface Arrival {
  host: string | undefined;
  forwardedFor: string | undefined;
}

export interface LookContext {
  arrival: Arrival;
  /** what the last test said; null: never tested */
  lastTest: LastTest | null;
}

export interface TestContext {
  actor: Actor;
  /** mail only: where the test mail goes; else to the caller */
  email: string | undefined;
}

/** The outcome of a part's last test, as the audit log has it. */
export interface LastTest {
  at: string;
  status: SystemCheck['status'];
  detail: string;
  /** tells whether the configuration is still the one that was tested */
  subject: string | null;
}

/** One part of the installation. */
export interface SystemPart {
  key: SystemCheck['key'];
  label: string;
  look(context: LookContext): Promise<Finding>;
  /** Tries the part for real; what isn't set up is looked at again and says so. Left out: there is nothing to try. */
  test?(context: TestContext): Promise<Pick<Finding, 'status' | 'detail'>>;
  /** what a test was about, such as an address; never a secret */
  subject?: string;
}

/** An address without the credentials, parameters and fragment it may carry. */
export function maskedUrl(address: string): string {
  const url = new URL(address);
  const account = url.username || url.password ? '***@' : '';
  return `${url.protocol}//${account}${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}

/** First letter kept: enough to recognise an account, not enough to use it. */
export const maskedName = (name: string): string => `${name.slice(0, 1)}***`;
