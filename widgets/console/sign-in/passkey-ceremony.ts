import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { ApiError } from '../../base/api.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';

/** What the server sends to begin with: its name for this round, and WebAuthn's own options. */
export interface PasskeyOptions {
  challenge: string;
  options: Record<string, unknown>;
}

/** True where this browser can keep and use passkeys. */
export const hasPasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** Has the browser sign with a passkey. @throws ApiError `passkey` with a sentence for the person */
export async function usePasskey({ options }: PasskeyOptions): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return ceremony(() =>
    startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }),
  );
}

/** Has the browser make a passkey. @throws ApiError `passkey` with a sentence for the person */
export async function makePasskey({ options }: PasskeyOptions): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return ceremony(() =>
    startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
  );
}

async function ceremony<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new ApiError({ status: 0, code: 'passkey', detail: t(passkeyProblem(error)) }, { cause: error });
  }
}

/** The message key for what a browser's refusal means. */
export function passkeyProblem(error: unknown): string {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'AbortError':
      return 'passkey.cancelled';
    case 'InvalidStateError':
      return 'passkey.known';
    case 'SecurityError':
      return 'passkey.address';
    case 'NotSupportedError':
      return 'passkey.unsupported';
    default:
      return 'passkey.failed';
  }
}

/** What went wrong with a passkey, here or on the server, in one sentence. */
export function passkeyText(error: unknown): string {
  const isRefused = error instanceof ApiError && error.code === 'invalid';
  return isRefused ? t('passkey.refused') : problemText(error);
}
