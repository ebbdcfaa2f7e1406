import type { Dependencies } from '../../dependencies.ts';
import type { AnyRoute } from '../../http/index.ts';
import type { SignInSettingsService } from '../../settings/index.ts';
import type { SignIn } from '../sign-in.service.ts';
import type { Throttle } from '../throttle.ts';
import { createInvitations } from './acceptance.service.ts';
import { entranceRoutes } from './entrance.routes.ts';
import { createRecovery } from './recovery.service.ts';
import { registrationRoutes } from './registration.routes.ts';
import { createRegistration } from './registration.service.ts';

interface Parts {
  settings: SignInSettingsService;
  signIn: SignIn;
  throttle: Throttle;
  /** called after a commit that changed who may come in or ended sessions */
  onRightsChanged: () => void;
}

/** Everything people do about their accounts before they are signed in. */
export function selfServiceRoutes(deps: Dependencies, parts: Parts): AnyRoute[] {
  const recovery = createRecovery(deps, parts.throttle, parts.onRightsChanged);
  return [
    ...registrationRoutes(deps, createRegistration(deps, parts), recovery),
    ...entranceRoutes(deps, { ...parts, invitations: createInvitations(deps, parts) }),
  ];
}
