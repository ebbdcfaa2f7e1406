export { crudRoutes } from './crud.routes.ts';
export type { CrudService } from './crud-contract.ts';
export { type CustomFilters, customConditions, loadFields } from './custom-conditions.ts';
export { customColumns } from './custom-fields/columns.ts';
export { fieldRoutes } from './custom-fields/field.routes.ts';
export { holdDefinitions, listFields, lockRecords } from './custom-fields/field-row.ts';
export { type CustomValue, readValue } from './custom-fields/read-value.ts';
export { claimUniqueValues, valueKey } from './custom-fields/unique-values.repository.ts';
export { insertDefaultPipelines } from './default-pipelines.ts';
export { checkWritable } from './field-write.ts';
export { type FilterContext, filterContext } from './filter-context.ts';
export { checkMoney, decimalsProblem, moneyColumns } from './money-column.ts';
export { createMoveService, type MoveRequest, type MoveService } from './move.service.ts';
export { type Ownership, resolveOwner } from './ownership.ts';
export { pipelineRoutes } from './pipeline.routes.ts';
export { placeCard } from './place-card.ts';
export { findRecord, listedIds, type RecordJson } from './record.repository.ts';
export { recordRoutes } from './record.routes.ts';
export { type ColumnsOf, createRecordService, type RecordService } from './record.service.ts';
export { changeBetween } from './record-change.ts';
export type { RecordFilters } from './record-filter.ts';
export { leadKind, opportunityKind, type RecordKind } from './record-kind.ts';
export {
  likeText,
  personalText,
  type SearchedKind,
  type SearchedText,
  searchSql,
  shownTexts,
} from './record-search.ts';
export { type ColumnValue, updateRecord } from './record-write.repository.ts';
export { idColumns, ownerColumns, plainColumns } from './shared-columns.ts';
export { filterWriter, presenceSql, RECOVERABLE_DAYS, type SharedFilters } from './shared-filters.ts';
export { noteRemoval } from './stage-event.repository.ts';
export { openGate } from './stage-gate.ts';
export { tagColumns, tagKey } from './tags.ts';
