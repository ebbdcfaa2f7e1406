export { bootstrap } from './bootstrap.ts';
export { createIdentity, type Identity } from './identity.ts';
export { hashPassword, verifyPassword } from './password.ts';
export { ensureSetupLink } from './setup.service.ts';
