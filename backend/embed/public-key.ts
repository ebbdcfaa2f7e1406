import { createPublicKey, type KeyObject } from 'node:crypto';

/** A key that may sign assertions, with the only algorithms it is good for. */
export interface VerificationKey {
  key: KeyObject;
  algorithms: string[];
}

const MIN_RSA_BITS = 2048;
/** createPublicKey would also take a private key and derive the public one: such a file must not be stored. */
const PUBLIC_PEM = /^-----BEGIN (PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE)-----/;

/**
 * Reads a public key or X.509 certificate in PEM. The algorithm follows from the key, never from the token:
 * RSA (2048 bits or more) RS256, P-256 ES256, Ed25519 EdDSA.
 *
 * @throws Error whose message completes "The key ..."
 */
export function readPublicKey(pem: string): VerificationKey {
  if (!PUBLIC_PEM.test(pem.trim())) throw new Error('must be a public key or certificate in PEM');
  let key: KeyObject;
  try {
    key = createPublicKey(pem.trim());
  } catch (cause) {
    throw new Error('must be a public key or certificate in PEM', { cause });
  }
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ed25519') return { key, algorithms: ['EdDSA', 'Ed25519'] };
  if (key.asymmetricKeyType === 'ec' && details.namedCurve === 'prime256v1') return { key, algorithms: ['ES256'] };
  if (key.asymmetricKeyType === 'rsa') {
    if ((details.modulusLength ?? 0) < MIN_RSA_BITS)
      throw new Error(`must have at least ${MIN_RSA_BITS} bits (it has ${details.modulusLength})`);
    return { key, algorithms: ['RS256'] };
  }
  throw new Error('must be RSA, P-256 or Ed25519');
}
