export { bootstrap } from './bootstrap.ts';
export { createIdentity, type Identity } from './identity.ts';
export { hashPassword, needsRehash, verifyPassword } from './password.ts';
export { assertGoodPassword, judgePassword, type PasswordOwner } from './password-policy.ts';
export { addVouchedPerson, findPersonByEmail, rightsBeyond, type VouchedPerson } from './people.ts';
export { accountMailJob } from './registration/account-mail.job.ts';
export { CACHE_MS } from './session.service.ts';
export { ensureSetupLink } from './setup.service.ts';
export { createShortCache, type ShortCache } from './short-cache.ts';
