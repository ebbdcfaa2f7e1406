import { describe, expect, it } from 'vitest';
import { ssoProblemSchema } from '../../../backend/contracts/account.ts';
import { takeToken } from '../../../widgets/console/sign-in/link-token.ts';
import { signInMessages } from '../../../widgets/console/sign-in/messages.ts';
import { takeSsoProblem } from '../../../widgets/console/sign-in/sso-problem.ts';
import { addMessages } from '../../../widgets/console/text.ts';

addMessages(signInMessages);

/** An address bar: what stands in it, and what it was replaced by. */
function addressBar(address: string) {
  const { hash, pathname, search } = new URL(address, 'https://crm.example');
  const replaced: (string | URL | null | undefined)[] = [];
  return {
    place: {
      location: { hash, pathname, search },
      history: {
        replaceState: (_data: unknown, _unused: string, next?: string | URL | null) => void replaced.push(next),
      },
    },
    replaced,
  };
}

describe('takeToken', () => {
  it('takes the token of a link and leaves an address without it', () => {
    const { place, replaced } = addressBar('/reset?from=mail#token=abc-DEF_123');
    expect(takeToken(place)).toBe('abc-DEF_123');
    expect(replaced).toEqual(['/reset?from=mail']);
  });

  it('takes a bare token too', () => {
    expect(takeToken(addressBar('/setup#abc-DEF_123').place)).toBe('abc-DEF_123');
  });

  it.each(['/reset', '/reset#', '/reset#token=', '/reset#other=1'])('finds none in %s', (address) => {
    expect(takeToken(addressBar(address).place)).toBeNull();
  });
});

describe('takeSsoProblem', () => {
  it('has a sentence for every reason the server may give', () => {
    const missing = ssoProblemSchema.options.filter((code) => !(`sso.problem.${code}` in signInMessages));
    expect(missing).toEqual([]);
  });

  it('explains the reason once and leaves the rest of the address', () => {
    const { place, replaced } = addressBar('/leads?sort=name&problem=expired#top');
    expect(takeSsoProblem(place)).toBe(signInMessages['sso.problem.expired']);
    expect(replaced).toEqual(['/leads?sort=name#top']);
  });

  it('shows nothing that somebody else wrote into the address', () => {
    const { place } = addressBar('/?problem=Call%20%2B1%20555%20for%20help');
    expect(takeSsoProblem(place)).toBe(signInMessages['sso.problem.other']);
  });

  it('says nothing where nothing went wrong', () => {
    const { place, replaced } = addressBar('/leads');
    expect(takeSsoProblem(place)).toBeNull();
    expect(replaced).toEqual([]);
  });
});
