import {
  embedSessionRequestSchema,
  embedSessionResponseSchema,
  embedTokenRequestSchema,
  embedTokenResponseSchema,
} from '../contracts/embed.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import type { EmbedSessions } from './session.service.ts';

const tag = 'Embedding';
const headers = { 'Cache-Control': 'no-store' };

/** From the host's assertion to the page's access token. */
export function embedRoutes(sessions: EmbedSessions): AnyRoute[] {
  return [
    defineRoute({
      method: 'post',
      path: '/embed/sessions',
      operationId: 'createEmbedSession',
      tag,
      summary: "For the host's back end: trade a signed assertion for a one-time client secret",
      access: 'public',
      body: embedSessionRequestSchema,
      responses: { 201: embedSessionResponseSchema },
      handler: async ({ body }) => ({
        status: 201,
        body: await sessions.open(body.clientId, body.assertion),
        headers,
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/embed/token',
      operationId: 'createEmbedToken',
      tag,
      summary: 'For the page: trade the client secret for an access token, once, from the origin it was made for',
      access: 'public',
      body: embedTokenRequestSchema,
      responses: { 200: embedTokenResponseSchema },
      handler: async ({ body, req }) => ({
        body: await sessions.trade(body.clientSecret, req.headers.origin),
        headers,
      }),
    }),
  ];
}
