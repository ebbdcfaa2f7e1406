import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import { ALGORITHM, type SigningKeys } from './signing-keys.ts';

export const TOKEN_LIFE_SECONDS = 600;
const AUDIENCE = 'embed-api';

/** What a token says: which session it belongs to and where it may be used. Never a role or a right. */
const claimsSchema = z.object({
  sid: z.uuid(),
  cid: z.uuid(),
  cmp: z.array(z.string()),
  org: z.string(),
  exp: z.number(),
});
export type AccessClaims = z.infer<typeof claimsSchema>;

export interface AccessTokens {
  issue(claims: Omit<AccessClaims, 'exp'>): Promise<string>;
  /** Signature, issuer and audience; the time is the caller's to check. @throws ProblemError unauthenticated */
  read(token: string): Promise<AccessClaims>;
}

export function createAccessTokens({ config, clock }: Dependencies, keys: SigningKeys): AccessTokens {
  return {
    async issue(claims) {
      const { id, privateKey } = await keys.current();
      const now = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: ALGORITHM, kid: id, typ: 'JWT' })
        .setIssuer(config.publicUrl)
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(now + TOKEN_LIFE_SECONDS)
        .sign(privateKey);
    },
    async read(token) {
      try {
        const { kid } = decodeProtectedHeader(token);
        const key = kid === undefined ? undefined : await keys.verifier(kid);
        if (!key) throw notOurs();
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          issuer: config.publicUrl,
          audience: AUDIENCE,
          // The caller checks the time at every use; here it would be remembered.
          currentDate: new Date(0),
          requiredClaims: ['exp', 'iat'],
        });
        return claimsSchema.parse(payload);
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof z.ZodError)
          throw notOurs(error);
        throw error;
      }
    },
  };
}

const notOurs = (cause?: unknown): ProblemError =>
  new ProblemError('unauthenticated', 'The access token is not one of this server.', { cause });
