import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import type { Config } from '../../config.ts';
import type { StoredPasskey } from './passkey.repository.ts';

const NAME = 'SalesPulse';
/** EdDSA, ES256, RS256: what authenticators in use speak. */
const ALGORITHMS = [-8, -7, -257];
const MAX_CREDENTIAL_ID_BYTES = 1023;
const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

export interface Registered {
  /** base64url */
  credentialId: string;
  publicKey: Uint8Array;
  counter: number;
  transports: string[];
}
export interface Asserted {
  counter: number;
}

/** WebAuthn for this installation: the relying party is the host of PUBLIC_URL, and only its pages count. */
export interface WebAuthn {
  creationOptions(
    user: { id: string; name: string; displayName: string },
    known: readonly StoredPasskey[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** Null for an answer that is not one to this challenge. */
  verifyCreation(response: unknown, challenge: string): Promise<Registered | null>;
  /** `known`: the credentials that may answer; null for any that the authenticator knows, with the person's PIN or finger. */
  requestOptions(known: readonly StoredPasskey[] | null): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** Null for a signature that does not hold. The counter is for the caller to judge. */
  verifyRequest(
    response: unknown,
    expected: { challenge: string; passkey: StoredPasskey; needsVerifiedPerson: boolean },
  ): Promise<Asserted | null>;
}

export function createWebAuthn(config: Pick<Config, 'publicUrl'>): WebAuthn {
  const { hostname: rpID, origin } = new URL(config.publicUrl);
  const descriptors = (known: readonly StoredPasskey[]) =>
    known.map(({ credentialId, transports }) => ({ id: credentialId, transports }));

  return {
    creationOptions: (user, known) =>
      generateRegistrationOptions({
        rpName: NAME,
        rpID,
        userID: new TextEncoder().encode(user.id),
        userName: user.name,
        userDisplayName: user.displayName,
        attestationType: 'none',
        excludeCredentials: descriptors(known),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    async verifyCreation(response, challenge) {
      if (!isPlainAttestation(response)) return null;
      const result = await orNull(() =>
        verifyRegistrationResponse({
          response: response as RegistrationResponseJSON,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: false,
          supportedAlgorithmIDs: ALGORITHMS,
        }),
      );
      if (!result?.verified) return null;
      const { id, publicKey, counter, transports } = result.registrationInfo.credential;
      if (Buffer.from(id, 'base64url').length > MAX_CREDENTIAL_ID_BYTES) return null;
      return { credentialId: id, publicKey, counter, transports: knownTransports(transports) };
    },
    requestOptions: (known) =>
      generateAuthenticationOptions({
        rpID,
        userVerification: known === null ? 'required' : 'preferred',
        ...(known === null ? {} : { allowCredentials: descriptors(known) }),
      }),
    async verifyRequest(response, { challenge, passkey, needsVerifiedPerson }) {
      const result = await orNull(() =>
        verifyAuthenticationResponse({
          response: response as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          // With 0 the counter is not looked at before the signature: a wrong signature must not pass for a copied key.
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
            counter: 0,
          },
          requireUserVerification: needsVerifiedPerson,
        }),
      );
      return result?.verified ? { counter: result.authenticationInfo.newCounter } : null;
    },
  };
}

/** The credential id that an answer names (base64url); null where it names none. */
export function credentialIdOf(response: unknown): string | null {
  const id = (response as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id.length <= 2 * MAX_CREDENTIAL_ID_BYTES && /^[\w-]+$/.test(id) ? id : null;
}

/**
 * We ask for no attestation, and browsers then send none or the authenticator's own signature. Anything with a
 * certificate chain was not made by a browser, and checking one would fetch addresses that it names.
 */
function isPlainAttestation(response: unknown): boolean {
  const object = (response as { response?: { attestationObject?: unknown } } | null)?.response?.attestationObject;
  if (typeof object !== 'string' || !isoBase64URL.isBase64URL(object)) return false;
  try {
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(object));
    const format = attestation.get('fmt');
    return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
  } catch {
    return false; // not CBOR, or CBOR of something else
  }
}

const knownTransports = (given: unknown): string[] =>
  Array.isArray(given) ? [...new Set(given)].filter((name) => TRANSPORTS.has(name)) : [];

/** The library throws for every answer that does not fit; here that is an expected outcome. */
async function orNull<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}
