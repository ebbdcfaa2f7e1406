export { DataDirLockedError, lockDataDir } from './data-dir-lock.ts';
export type { BulkTx, Database, Tx } from './database.ts';
export { isCollision, isUniqueViolation, sqlStateOf } from './errors.ts';
export {
  type JsonValue,
  jsonBare,
  jsonMoment,
  jsonMoney,
  jsonNamed,
  jsonObject,
  jsonPart,
  jsonText,
  jsonWord,
} from './json-sql.ts';
export {
  openPglite,
  openPostgres,
  pgliteDatabase,
  pgliteExtensions,
  pingDatabase,
} from './open.ts';
export {
  createSecretBox,
  hashToken,
  randomToken,
  type SecretBox,
} from './secret-box.ts';
export { join, limitSql, plannedEachTime, raw, type Sql, type SqlRunner, sql } from './sql.ts';
