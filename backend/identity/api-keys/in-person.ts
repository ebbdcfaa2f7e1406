/**
 * Permissions that no key holds: with them it could make keys, change how people sign in, or leave a rule behind that
 * acts with all rights of its owner, and so outlive being revoked.
 */
export const IN_PERSON_ONLY: readonly string[] = ['api-key.manage', 'settings.manage', 'automation.manage'];
