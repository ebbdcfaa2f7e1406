import { type Actor, recordAudit } from '../../access/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { ApiKey } from '../../contracts/administration.ts';
import type { Scope } from '../../contracts/auth.ts';
import { randomToken } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, pointerPart } from '../../http/index.ts';
import { exceeding, type Rights } from '../grants.ts';
import { beginPeopleChange } from '../people-change.ts';
import { checkedRights, isInPerson } from '../rights.ts';
import { countWorkingKeys, findKey, insertKey, listKeys, revokeKey } from './api-key.repository.ts';

/** What every key begins with: scanners of leaked secrets know it by that, and so do we. */
export const KEY_PREFIX = 'spk_';
const SHOWN_CHARACTERS = 12;
const MAX_WORKING_KEYS = 50;

export interface ApiKeyInput {
  name: string;
  permissions: Record<string, Scope>;
  fieldGroups: string[];
  expiresOn: string;
}

/** Keys for programs. A key acts as the person who made it, with the rights it was given. */
export interface ApiKeys {
  list(): Promise<ApiKey[]>;
  /** The key itself is in this answer only. @throws ProblemError invalid, forbidden beyond the person's own rights, conflict */
  create(actor: Actor, input: ApiKeyInput): Promise<{ apiKey: ApiKey; key: string }>;
  /** The key is refused within 5 s everywhere. */
  revoke(actor: Actor, id: string): Promise<void>;
}

/** `onChanged`: called after a key was ended, to forget what is remembered about keys. */
export function createApiKeys({ config, database, clock }: Dependencies, onChanged: () => void): ApiKeys {
  return {
    list: () => listKeys(database.sql, clock()),
    async create(caller, { name, expiresOn, ...input }) {
      assertSoon(expiresOn, businessDay(clock(), config.timeZone));
      const rights = rightsOfKey(input);
      const key = `${KEY_PREFIX}${randomToken()}`;
      return database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'api-key.manage');
        const { userId } = actor.principal;
        const [beyond] = exceeding(actor.principal, rights);
        if (beyond !== undefined) throw forbidden(`give a key ${beyond} further than you hold it yourself`);
        if ((await countWorkingKeys(tx.sql, userId, clock())) >= MAX_WORKING_KEYS) {
          throw new ProblemError('conflict', `You have ${MAX_WORKING_KEYS} keys that work. Revoke one first.`);
        }
        const prefix = key.slice(0, SHOWN_CHARACTERS);
        const { timeZone } = config;
        const id = await insertKey(tx.sql, { key, prefix, name, userId, expiresOn, timeZone, ...rights }, clock());
        const apiKey = await findKey(tx.sql, id, clock());
        if (!apiKey) throw new Error('The new API key can’t be found.');
        await recordAudit(tx.sql, actor, {
          action: 'api-key.created',
          entity: 'api-key',
          entityId: id,
          after: asAudited(apiKey),
        });
        return { apiKey, key };
      });
    },
    async revoke(actor, id) {
      await database.transaction(async (tx) => {
        const before = await findKey(tx.sql, id, clock());
        if (!before) throw notFound('API key');
        if (!(await revokeKey(tx.sql, id, clock()))) return;
        await recordAudit(tx.sql, actor, {
          action: 'api-key.revoked',
          entity: 'api-key',
          entityId: id,
          before: asAudited(before),
        });
      });
      onChanged();
    },
  };
}

function rightsOfKey(input: Pick<ApiKeyInput, 'permissions' | 'fieldGroups'>): Rights {
  const rights = checkedRights(input);
  const wrong = Object.keys(rights.permissions).find(isInPerson);
  if (wrong !== undefined) {
    throw new ProblemError('invalid', `A key can’t hold ${wrong}: that is done in person, in the console.`, {
      errors: [{ pointer: `/permissions${pointerPart(wrong)}`, message: 'can’t be given to a key' }],
    });
  }
  if (Object.keys(rights.permissions).length === 0) throw invalid('/permissions', 'must allow the key something');
  return rights;
}

/** A key works from today for a year at most. */
function assertSoon(expiresOn: string, today: string): void {
  if (expiresOn < today) throw invalid('/expiresOn', 'must not be in the past');
  const [year = '', month, day] = today.split('-');
  if (expiresOn > [Number(year) + 1, month, day].join('-'))
    throw invalid('/expiresOn', 'must be within a year from today');
}

const asAudited = ({ name, prefix, person, permissions, fieldGroups, expiresAt }: ApiKey) => ({
  name,
  prefix,
  person,
  permissions,
  fieldGroups,
  expiresAt,
});
