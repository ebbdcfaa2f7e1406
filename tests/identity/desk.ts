import { expect } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Role, User } from '../../backend/contracts/users.ts';
import { CheckedClient } from '../support/checked-client.ts';
import { type Answer, signIn, type TestClient } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { PASSWORD } from '../support/people.ts';

export type List<T> = { items: T[]; nextCursor: string | null; total?: number };

/** Status and problem code of an answer. */
export const outcome = (answer: Answer<unknown>): [number, string | undefined] => [
  answer.status,
  (answer.body as Partial<Problem>).code,
];

/** A server as an administrator sees it, with short ways to make people. */
export interface Desk extends Crm {
  admin: CheckedClient;
  /** built-in roles by key */
  roles: Record<string, string>;
  /** Adds a person to do things to. */
  someone(role: string, more?: Record<string, unknown>): Promise<User>;
  /** Signs a person in whom `someone` made. */
  enter(user: User): Promise<CheckedClient>;
  /** Moves the clock on, past what is remembered for seconds. */
  later(seconds?: number): void;
}

export async function startDesk(environment: NodeJS.ProcessEnv = {}): Promise<Desk> {
  const crm = await startCrm(environment);
  const admin = await crm.as('admin');
  const { body } = await admin.get<List<Role>>('/roles');
  const roles = Object.fromEntries(body.items.map((role) => [role.key, role.id]));
  let serial = 0;
  return {
    ...crm,
    admin,
    roles,
    async someone(role, more = {}) {
      serial += 1;
      const input = { email: `someone${serial}@example.com`, name: `Someone ${serial}`, password: PASSWORD };
      const answer = await admin.post<User>('/users', { ...input, roleId: roles[role] ?? role, ...more });
      expect(answer.status).toBe(201);
      return answer.body;
    },
    enter: async (user) => checked(crm, await signIn(crm.url, user.email ?? '', PASSWORD)),
    later(seconds = 5) {
      crm.clock.now = new Date((crm.clock.now?.getTime() ?? Date.now()) + seconds * 1000);
    },
  };
}

/** The same client, each answer held against what the API says of itself. */
export const checked = (crm: Crm, client: TestClient): CheckedClient =>
  new CheckedClient(client, crm.runtime.app.routes);
