export { bootstrap } from './bootstrap.ts';
export { createIdentity, type Identity } from './identity.ts';
export { hashPassword, verifyPassword } from './password.ts';
export { addVouchedPerson, findPersonByEmail, rightsBeyond, type VouchedPerson } from './people.ts';
export { CACHE_MS } from './session.service.ts';
export { ensureSetupLink } from './setup.service.ts';
export { createShortCache, type ShortCache } from './short-cache.ts';
