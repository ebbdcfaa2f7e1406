let email = '';

/** The address somebody just typed or confirmed, so that the next page needn't ask for it. Kept in memory only. */
export const knownEmail = (): string => email;

export function rememberEmail(address: string): void {
  email = address;
}
