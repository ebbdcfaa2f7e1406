import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import type { SignInSettingsService } from '../settings/index.ts';
import { createOwnAccount } from './me/account.service.ts';
import { meRoutes } from './me/me.routes.ts';
import { createOwnSessions } from './me/own-sessions.service.ts';
import { passkeyRoutes } from './me/passkey.routes.ts';
import { createOwnPasskeys } from './me/passkeys.service.ts';
import { createProof } from './me/proof.service.ts';
import { protectionRoutes } from './me/protection.routes.ts';
import { createProtection } from './me/protection.service.ts';
import { createFactors } from './mfa/factors.ts';
import { createGuesses } from './mfa/guesses.ts';
import { createPasskeySignIn } from './mfa/passkey-sign-in.service.ts';
import { secondStepRoutes } from './mfa/second-step.routes.ts';
import { createSecondStep } from './mfa/second-step.service.ts';
import { createWebAuthn } from './mfa/webauthn.ts';
import type { Sessions } from './session.service.ts';
import type { CompleteSignIn } from './sign-in.service.ts';
import type { Throttle } from './throttle.ts';

interface Parts {
  settings: SignInSettingsService;
  sessions: Sessions;
  throttle: Throttle;
  complete: CompleteSignIn;
  /** called after a change that is remembered about people was committed */
  onRightsChanged(): void;
}

/** Wires second steps, passkeys and everything below `me`. */
export function protectedAccountRoutes(deps: Dependencies, parts: Parts): AnyRoute[] {
  const { settings, sessions, throttle, complete, onRightsChanged } = parts;
  const webAuthn = createWebAuthn(deps.config);
  const factors = createFactors(deps, webAuthn);
  const own = { ...deps, onProtectionChanged: onRightsChanged };
  const guesses = createGuesses(deps.config, throttle);
  return [
    ...secondStepRoutes(deps.config, {
      secondStep: createSecondStep(deps, { complete, factors, guesses, webAuthn }),
      passkeySignIn: createPasskeySignIn(deps, { complete, factors, throttle, webAuthn }),
    }),
    ...meRoutes(deps, {
      account: createOwnAccount(deps, { sessions, guesses, onRightsChanged }),
      ownSessions: createOwnSessions(deps, settings, sessions),
    }),
    ...protectionRoutes(deps, {
      proof: createProof(deps, { sessions, factors, guesses, webAuthn }),
      protection: createProtection(own),
    }),
    ...passkeyRoutes(createOwnPasskeys(own, webAuthn)),
  ];
}
