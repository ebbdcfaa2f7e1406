import { isAllowed, type Principal } from '../access/index.ts';
import { ProblemError } from './problems.ts';
import type { AnyRoute } from './route.ts';

/** Lets those pass who may call the route. @throws ProblemError unauthenticated, second_step_required, forbidden */
export async function authorize(route: AnyRoute, principal: Principal | null): Promise<Principal> {
  if (!principal) throw new ProblemError('unauthenticated', 'Sign in to use this address.');
  const { access } = route;
  if (principal.owesSecondStep && access !== 'public' && access !== 'session' && !route.opensWithoutSecondStep) {
    throw new ProblemError(
      'second_step_required',
      'Your company asks for a second step at sign-in. Set one up under My account, then go on.',
    );
  }
  if (access === 'signed-in' || access === 'public') return principal;
  if (access === 'session') {
    if (principal.via === 'session') return principal;
    throw new ProblemError('forbidden', 'This is done in the console, signed in as yourself.');
  }
  if (!isAllowed(principal, access)) {
    throw new ProblemError('forbidden', `Your role (${principal.roleKey}) does not include ${access}.`);
  }
  return principal;
}
