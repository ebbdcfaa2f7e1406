import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';
import { freePort } from './ports.ts';

/** What the provider knows about a person; `sub` is the key in `accounts`. */
export type OidcAccount = Record<string, unknown>;

/** npm's oidc-provider, certified for OpenID Connect, in this process: it asks nobody, but signs in whom the test names. */
export interface OidcServer {
  issuer: string;
  /** by subject; a test may change them at any time */
  accounts: Map<string, OidcAccount>;
  /** who is in front of the screen; null: whoever it is says no */
  visitor: string | null;
  /** Starts with these clients. */
  open(clients: ClientMetadata[], more?: Configuration): Promise<void>;
  close(): Promise<void>;
}

/** A provider with an address, that does not listen yet: clients are registered with the addresses they tell. */
export async function reserveOidc(): Promise<OidcServer> {
  const port = await freePort();
  let server: Server | null = null;
  const oidc: OidcServer = {
    issuer: `http://localhost:${port}`,
    accounts: new Map(),
    visitor: null,
    async open(clients, more = {}) {
      const provider = new Provider(oidc.issuer, configuration(oidc, clients, more));
      const handle = provider.callback();
      server = createServer((req, res) => {
        if (req.url?.startsWith('/interaction/')) void interact(oidc, provider, req, res);
        else void handle(req, res);
      });
      await new Promise<void>((resolve) => server?.listen(port, 'localhost', resolve));
    },
    async close() {
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
      server = null;
    },
  };
  return oidc;
}

async function interact(oidc: OidcServer, provider: Provider, req: IncomingMessage, res: ServerResponse) {
  const result = oidc.visitor === null ? { error: 'access_denied' } : { login: { accountId: oidc.visitor } };
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
}

const configuration = (oidc: OidcServer, clients: ClientMetadata[], more: Configuration): Configuration => ({
  clients,
  cookies: { keys: ['a key for tests alone'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  claims: { openid: ['sub', 'realm_access'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  pkce: { required: () => true },
  // Seconds; named so that the provider does not remind of them.
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  async findAccount(_ctx, sub) {
    const account = oidc.accounts.get(sub);
    return account && { accountId: sub, claims: async () => ({ ...account, sub }) };
  },
  // Everybody has agreed long ago.
  async loadExistingGrant(ctx) {
    const { client, session, provider } = ctx.oidc;
    const grant = new provider.Grant({
      ...(client ? { clientId: client.clientId } : {}),
      ...(session?.accountId ? { accountId: session.accountId } : {}),
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
  ...more,
});
