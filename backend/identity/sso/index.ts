import type { Dependencies } from '../../dependencies.ts';
import type { AnyRoute } from '../../http/index.ts';
import type { SignIn } from '../sign-in.service.ts';
import type { Throttle } from '../throttle.ts';
import { createSsoFlow } from './flow.service.ts';
import { providerRoutes } from './provider.routes.ts';
import { createProviders } from './provider.service.ts';
import { createProviderClients } from './provider-client.ts';
import { ssoRoutes } from './sso.routes.ts';

/** Single sign-on by OpenID Connect: the way through a provider, and the providers themselves. `onChanged`: rights or sessions changed. */
export function singleSignOnRoutes(
  deps: Dependencies,
  parts: { throttle: Throttle; complete: SignIn['complete']; onChanged(): void },
): AnyRoute[] {
  const clients = createProviderClients(deps);
  return [
    ...ssoRoutes(createSsoFlow(deps, { clients, ...parts })),
    ...providerRoutes(createProviders(deps, clients, parts.onChanged)),
  ];
}
