import type { BulkChange } from '../../../backend/contracts/bulk.ts';
import type { RecordType } from '../../../backend/contracts/common.ts';
import type { LostReason } from '../../../backend/contracts/pipeline-settings.ts';
import type { App } from '../app.ts';
import type { Field, FormValues, Option } from '../parts/fields.ts';
import { t } from '../text.ts';
import { customInputs } from './custom-fields.ts';
import { dimensionFields, ownerField } from './deal-fields.ts';
import { namedOptions, type References } from './references.ts';

export type BulkAction = 'assign' | 'set' | 'move' | 'tag';

/** What can be done to many records of a kind: those without stages are not moved. */
export function bulkActions(app: App, entity: RecordType, references: References | null): readonly BulkAction[] {
  const canSet = references !== null && settableFields(app, entity, references).length > 0;
  const hasStages = entity === 'lead' || entity === 'opportunity';
  return ['assign', ...(canSet ? (['set'] as const) : []), ...(hasStages ? (['move'] as const) : []), 'tag'];
}

/** The fields that make sense for many records at once. */
export function settableFields(app: App, entity: RecordType, references: References): Field[] {
  const deal: Field[] =
    entity === 'opportunity'
      ? [
          { name: 'expectedCloseOn', label: t('field.expectedCloseOn'), kind: 'date' },
          { name: 'nextStep', label: t('field.nextStep'), kind: 'text', maxLength: 500 },
        ]
      : [];
  const shared = dimensionFields(references);
  const dimensions: Readonly<Record<RecordType, readonly Field[]>> = {
    lead: shared,
    opportunity: shared,
    account: shared.filter(({ name }) => name === 'segment' || name === 'region'),
    contact: [],
  };
  return [...dimensions[entity], ...deal, ...customInputs(app, references)];
}

/** What is chosen in the dialog before its inputs: the field that is set, or the stage that records go to. */
interface BulkChoice {
  field: Field | undefined;
  stageId: string;
  reasons: readonly LostReason[];
}

/** The inputs of an action's dialog. */
export function bulkFields(
  app: App,
  action: BulkAction,
  references: References,
  { field, stageId, reasons }: BulkChoice,
): Field[] {
  switch (action) {
    case 'assign':
      return [{ ...ownerField(app.me, references.people), isWide: true }];
    case 'set':
      return field
        ? [{ ...field, label: t('bulk.value'), help: t('bulk.value.help'), isWide: true, required: false }]
        : [];
    case 'move':
      return lostFields(references, stageId, reasons);
    case 'tag':
      return [
        { name: 'add', label: t('bulk.tags.add'), kind: 'commas', help: t('field.tags.help'), isWide: true },
        { name: 'remove', label: t('bulk.tags.remove'), kind: 'commas', isWide: true },
      ];
    default:
      return action satisfies never;
  }
}

/** What a lost stage wants to know of all that are moved into it. */
function lostFields({ pipelines }: References, stageId: string, reasons: readonly LostReason[]): Field[] {
  const pipeline = pipelines.find(({ stages }) => stages.some(({ id }) => id === stageId));
  if (pipeline?.stages.find(({ id }) => id === stageId)?.kind !== 'lost') return [];
  return [
    {
      name: 'lostReasonId',
      label: t('bulk.lostReason'),
      kind: 'select',
      required: pipeline.asksLostReason,
      emptyLabel: t('value.none'),
      isWide: true,
      options: reasons.map(({ id, label }) => ({ value: id, label })),
    },
    { name: 'lostNote', label: t('bulk.lostNote'), kind: 'textarea', maxLength: 1000, isWide: true },
  ];
}

/** The stages that records can be moved to. */
export const stageOptions = ({ pipelines }: References): Option[] =>
  pipelines.flatMap((pipeline) =>
    namedOptions(pipeline.stages).map(({ value, label }) => ({
      value,
      label: pipelines.length > 1 ? `${pipeline.name}: ${label}` : label,
    })),
  );

/** The change that a filled-in dialog asks for. */
export function bulkBody(action: BulkAction, body: FormValues, stageId: string): BulkChange {
  switch (action) {
    case 'assign':
    case 'set':
      return { action: 'set', fields: body };
    case 'move':
      return { action: 'move', stageId, ...given(body, 'lostReasonId'), ...given(body, 'lostNote') };
    case 'tag':
      return { action: 'tag', add: body.add as string[], remove: body.remove as string[] };
    default:
      return action satisfies never;
  }
}

const given = (body: FormValues, name: string) => (body[name] ? { [name]: String(body[name]) } : {});
