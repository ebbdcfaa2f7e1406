export { DataDirLockedError, lockDataDir } from './data-dir-lock.ts';
export type { BulkTx, Database, Tx } from './database.ts';
export { isUniqueViolation, sqlStateOf } from './errors.ts';
export {
  DatabaseUnreachableError,
  openPglite,
  openPostgres,
  pgliteDatabase,
  pingDatabase,
} from './open.ts';
export {
  createSecretBox,
  hashToken,
  randomToken,
  type SecretBox,
} from './secret-box.ts';
export { empty, join, raw, type Sql, type SqlRunner, sql } from './sql.ts';
