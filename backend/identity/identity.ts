import type { IncomingMessage } from 'node:http';
import type { Principal, Via } from '../access/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { createSignInSettings, type SignInSettingsService, settingsRoutes } from '../settings/index.ts';
import { apiKeyRoutes } from './api-keys/api-key.routes.ts';
import { createApiKeys } from './api-keys/api-key.service.ts';
import { createKeyAuthenticator, loadKeyPrincipal } from './api-keys/authenticate-key.ts';
import { authRoutes } from './auth.routes.ts';
import { directoryRoutes } from './directory.routes.ts';
import { rightsBeyond } from './people.ts';
import { findPrincipalRow, type PrincipalRow, toPrincipal } from './principal.repository.ts';
import { protectedAccountRoutes } from './protected-accounts.ts';
import { selfServiceRoutes } from './registration/self-service.ts';
import { roleRoutes } from './roles/role.routes.ts';
import { createRoles } from './roles/role.service.ts';
import { CACHE_MS, createSessions } from './session.service.ts';
import { createShortCache } from './short-cache.ts';
import { createSignIn } from './sign-in.service.ts';
import { singleSignOnRoutes } from './sso/index.ts';
import { teamRoutes } from './teams/team.routes.ts';
import { createTeams } from './teams/team.service.ts';
import { createThrottle } from './throttle.ts';
import { userRoutes } from './user.routes.ts';
import { createUsers } from './user.service.ts';
import { userHelpRoutes } from './user-help.routes.ts';
import { createUserHelp } from './user-help.service.ts';

const MAX_CACHED_PEOPLE = 5000;

/** Who people are: what the rest of the server asks of this module. */
export interface Identity {
  routes: AnyRoute[];
  /** who may register and how long sessions last */
  settings: SignInSettingsService;
  /** Who the session cookie stands for; null without one. @throws ProblemError session_ended, csrf */
  authenticateSession(req: IncomingMessage): Promise<Principal | null>;
  /** Who an API key stands for, with no more rights than the key has; null without one. @throws ProblemError session_ended */
  authenticateApiKey(req: IncomingMessage): Promise<Principal | null>;
  /** The person as of at most 3 s ago; null when unknown or not active. */
  loadPrincipal(userId: string, via: Via, sessionId: string | null): Promise<Principal | null>;
  /** The same with no more rights than an API key has; null when the key works no more. */
  loadKeyPrincipal(keyId: string): Promise<Principal | null>;
}

export function createIdentity(deps: Dependencies): Identity {
  const { database, clock } = deps;
  const settings = createSignInSettings(deps, (runner, actor, roleId) => rightsBeyond(runner, actor.principal, roleId));
  const sessions = createSessions(deps, settings);
  const people = createShortCache<PrincipalRow | undefined>({
    ttlMs: CACHE_MS,
    maxEntries: MAX_CACHED_PEOPLE,
    clock,
  });
  const throttle = createThrottle(database, clock);
  const signIn = createSignIn(deps, sessions, throttle);
  const keys = createKeyAuthenticator(deps);
  const onRightsChanged = () => {
    sessions.forgetAll();
    people.clear();
    keys.forgetAll();
  };
  const users = createUsers(deps, onRightsChanged);
  const roles = createRoles(deps, onRightsChanged);
  const teams = createTeams(deps, onRightsChanged);
  return {
    settings,
    routes: [
      ...settingsRoutes(settings),
      ...authRoutes(deps, signIn),
      ...protectedAccountRoutes(deps, { settings, sessions, throttle, complete: signIn.complete, onRightsChanged }),
      ...singleSignOnRoutes(deps, { throttle, complete: signIn.complete, onChanged: onRightsChanged }),
      ...selfServiceRoutes(deps, { settings, signIn, throttle, onRightsChanged }),
      ...userRoutes(users),
      ...userHelpRoutes(createUserHelp(deps, onRightsChanged)),
      ...roleRoutes(roles),
      ...teamRoutes(teams),
      ...apiKeyRoutes(createApiKeys(deps, () => keys.forgetAll())),
      ...directoryRoutes(database),
    ],
    authenticateSession: (req) => sessions.authenticate(req),
    authenticateApiKey: (req) => keys.authenticate(req),
    async loadPrincipal(userId, via, sessionId) {
      const row = await people.get(userId, () => findPrincipalRow(database.sql, userId));
      return row ? toPrincipal(row, via, sessionId) : null;
    },
    loadKeyPrincipal: (keyId) => loadKeyPrincipal(deps, keyId),
  };
}
