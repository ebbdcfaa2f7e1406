export { type AuditRecord, actorKind, recordAudit } from './audit.ts';
export {
  type FieldGroup,
  type FieldGroupMeta,
  fieldGroupCatalogue,
  fieldGroups,
  guardedNouns,
  guardOf,
} from './field-groups.ts';
export { type FieldView, fieldView, type HiddenCustom, hiddenCustomOf } from './field-view.ts';
export { guardedJson, isFieldShown } from './guarded-json.ts';
export { hideFields, hideJsonFields } from './hidden-fields.ts';
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
