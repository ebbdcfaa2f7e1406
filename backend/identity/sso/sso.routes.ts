import { ssoCallbackQuery, ssoStartQuery } from '../../contracts/account.ts';
import { idParams } from '../../contracts/common.ts';
import { type AnyRoute, defineRoute, type Reply } from '../../http/index.ts';
import type { Redirection, SsoFlow } from './flow.service.ts';

const tag = 'Signing in';

/** The two addresses that a browser passes through when a person signs in with the company's provider. */
export function ssoRoutes(flow: SsoFlow): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/auth/sso/:id/start',
      operationId: 'startSingleSignOn',
      tag,
      summary: 'Send the browser to the provider; to /sign-in?problem=… when that cannot be',
      access: 'public',
      params: idParams,
      query: ssoStartQuery,
      responses: { 302: null },
      handler: async ({ req, params, query, requestId }) =>
        redirect(await flow.start(req, params.id, query.returnTo, requestId)),
    }),
    defineRoute({
      method: 'get',
      path: '/auth/sso/:id/callback',
      operationId: 'finishSingleSignOn',
      tag,
      summary: 'Where the provider sends the browser back to; signs in, or leads to /sign-in?problem=…',
      access: 'public',
      params: idParams,
      query: ssoCallbackQuery,
      responses: { 302: null },
      handler: async ({ req, params, query, requestId }) =>
        redirect(await flow.finish(req, params.id, query.state, requestId)),
    }),
  ];
}

const redirect = ({ location, cookies }: Redirection): Reply => ({
  status: 302,
  headers: {
    Location: location,
    'Cache-Control': 'no-store',
    // The address of the callback holds the code; no page after it is told.
    'Referrer-Policy': 'no-referrer',
    ...(cookies.length > 0 ? { 'Set-Cookie': cookies } : {}),
  },
});
