import { signInSettingsSchema, signInSettingsUpdateSchema } from '../contracts/administration.ts';
import { type AnyRoute, defineRoute, versioned } from '../http/index.ts';
import type { SignInSettingsService } from './sign-in-settings.service.ts';

const tag = 'Administration';

/** What administrators decide for everybody. */
export function settingsRoutes(signIn: SignInSettingsService): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/settings/sign-in',
      operationId: 'getSignInSettings',
      tag,
      summary: 'Who may register, and how long sessions last',
      access: 'settings.manage',
      responses: { 200: signInSettingsSchema },
      handler: async () => versioned(await signIn.current()),
    }),
    defineRoute({
      method: 'patch',
      path: '/settings/sign-in',
      operationId: 'updateSignInSettings',
      tag,
      summary: 'Change who may register and how long sessions last; holds within 3 seconds',
      access: 'settings.manage',
      body: signInSettingsUpdateSchema,
      responses: { 200: signInSettingsSchema },
      handler: async ({ actor, body, ifMatch }) => versioned(await signIn.change(actor, ifMatch, body)),
    }),
  ];
}
