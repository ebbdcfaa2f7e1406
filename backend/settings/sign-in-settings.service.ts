import { type Actor, recordAudit } from '../access/index.ts';
import type { SignInSettings } from '../contracts/administration.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, stale } from '../http/index.ts';
import { findSignInSettings, lockSignInSettings, storeSignInSettings } from './sign-in-settings.repository.ts';

const CACHE_MS = 3000;

type Change = { [Key in keyof Omit<SignInSettings, 'version'>]?: SignInSettings[Key] | undefined };

/** How people may come in, as administrators decided. */
export interface SignInSettingsService {
  /** As of at most 3 s ago: asked at every request. */
  current(): Promise<SignInSettings>;
  /** As a transaction sees it. */
  within(runner: SqlRunner): Promise<SignInSettings>;
  /** @throws ProblemError stale, invalid, forbidden for a default role beyond the actor's own rights */
  change(actor: Actor, ifMatch: number | null, change: Change): Promise<SignInSettings>;
}

/** `rightsBeyond`: what the role holds and the actor does not; null for an unknown role. */
export function createSignInSettings(
  { database, clock }: Pick<Dependencies, 'database' | 'clock'>,
  rightsBeyond: (runner: SqlRunner, actor: Actor, roleId: string) => Promise<string[] | null>,
): SignInSettingsService {
  let known: { at: number; value: Promise<SignInSettings> } | null = null;
  return {
    async current() {
      const now = clock().getTime();
      if (!known || now < known.at || now - known.at >= CACHE_MS) {
        const value = findSignInSettings(database.sql);
        known = { at: now, value };
        value.catch(() => {
          known = null;
        });
      }
      return known.value;
    },
    within: findSignInSettings,
    async change(actor, ifMatch, change) {
      const settings = await database.transaction(async (tx) => {
        const before = await lockSignInSettings(tx.sql);
        if (ifMatch !== null && ifMatch !== before.version) throw stale('page of settings');
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        const after: SignInSettings = { ...before, ...given, version: before.version + 1 };
        await assertSound(tx.sql, actor, before, after);
        await storeSignInSettings(tx.sql, after, clock());
        await recordAudit(tx.sql, actor, {
          action: 'settings.changed',
          entity: 'settings',
          entityId: 'sign-in',
          before,
          after,
        });
        return after;
      });
      known = null;
      return settings;
    },
  };

  async function assertSound(
    runner: SqlRunner,
    actor: Actor,
    before: SignInSettings,
    after: SignInSettings,
  ): Promise<void> {
    if (after.registration === 'domains' && after.registrationDomains.length === 0) {
      throw invalid('/registrationDomains', 'must name at least one domain, such as example.com');
    }
    if (after.sessionIdleMinutes > after.sessionMaxHours * 60) {
      throw invalid('/sessionIdleMinutes', 'must not be longer than the longest session');
    }
    if (after.defaultRoleId === before.defaultRoleId || after.defaultRoleId === null) return;
    const beyond = await rightsBeyond(runner, actor, after.defaultRoleId);
    if (beyond === null) throw invalid('/defaultRoleId', 'is not a role');
    if (beyond.length > 0)
      throw forbidden(`give that role to people who register: it holds ${beyond[0]}, which you do not`);
    const holdsAdministration = await runner.first(sql`
      select 1 as found from role where id = ${after.defaultRoleId}::uuid and key = 'admin'`);
    if (holdsAdministration)
      throw invalid('/defaultRoleId', 'must not be Administrator: anybody could register as one');
  }
}
