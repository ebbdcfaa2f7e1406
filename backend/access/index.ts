export { type AuditRecord, actorKind, recordAudit } from './audit.ts';
export {
  type FieldGroup,
  type FieldGroupMeta,
  fieldGroupCatalogue,
  fieldGroups,
  guardedNouns,
  guardOf,
  hideFields,
  hideJsonFields,
} from './field-groups.ts';
export { guardedJson, isFieldShown } from './guarded-json.ts';
export { type PermissionMeta, permissionGroups, permissionMeta } from './permission-catalogue.ts';
export {
  builtInRoles,
  type Permission,
  permissions,
  type RoleDefinition,
} from './permissions.ts';
export {
  type Actor,
  anyRecord,
  EVERYTHING,
  isAllowed,
  isInScope,
  type Principal,
  type Reach,
  type RecordScope,
  scopeOf,
  seesFields,
  type Via,
} from './principal.ts';
export { scopeSql } from './scope-sql.ts';
