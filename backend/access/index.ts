export { type AuditRecord, actorKind, recordAudit } from './audit.ts';
export {
  builtInRoles,
  type FieldGroup,
  fieldGroups,
  type Permission,
  permissions,
  type RoleDefinition,
} from './permissions.ts';
export {
  type Actor,
  isAllowed,
  isInScope,
  type Principal,
  type RecordScope,
  scopeOf,
  seesFields,
  type Via,
} from './principal.ts';
export { scopeSql } from './scope-sql.ts';
