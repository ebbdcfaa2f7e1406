import { idParams } from '../contracts/common.ts';
import { userSchema } from '../contracts/users.ts';
import { type AnyRoute, defineRoute, versioned } from '../http/index.ts';
import type { UserHelp } from './user-help.service.ts';

const shared = {
  method: 'post',
  tag: 'People',
  access: 'user.manage',
  params: idParams,
  responses: { 200: userSchema },
} as const;

/** What an administrator does for somebody's way into their account. */
export function userHelpRoutes(help: UserHelp): AnyRoute[] {
  return [
    defineRoute({
      ...shared,
      path: '/users/:id/invitation',
      operationId: 'inviteUserAgain',
      summary: 'Send the invitation again; the link of the earlier one ends',
      handler: async ({ actor, params }) => versioned(await help.inviteAgain(actor, params.id)),
    }),
    defineRoute({
      ...shared,
      path: '/users/:id/password-reset',
      operationId: 'forcePasswordReset',
      summary: 'Make a person choose a new password by mail; the old one opens nothing and all sessions end',
      handler: async ({ actor, params }) => versioned(await help.forcePasswordReset(actor, params.id)),
    }),
    defineRoute({
      ...shared,
      path: '/users/:id/mfa-reset',
      operationId: 'resetSecondFactors',
      summary: 'Remove a person’s authenticator app, passkeys and recovery codes; all sessions end',
      handler: async ({ actor, params }) => versioned(await help.resetSecondFactors(actor, params.id)),
    }),
    defineRoute({
      ...shared,
      path: '/users/:id/sign-out',
      operationId: 'signOutUser',
      summary: 'End everything a person is signed in by, in pages of other sites too',
      handler: async ({ actor, params }) => versioned(await help.signOut(actor, params.id)),
    }),
  ];
}
