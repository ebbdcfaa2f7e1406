import type { BulkChange } from '../../../backend/contracts/bulk.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { App } from '../app.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import { customInputs } from './custom-fields.ts';
import { dimensionFields, ownerField } from './deal-fields.ts';
import { namedOptions, type References } from './references.ts';

/** The fields that make sense for many records at once. */
export function settableFields(app: App, entity: PipelineEntity, references: References): Field[] {
  const deal: Field[] =
    entity === 'opportunity'
      ? [
          { name: 'expectedCloseOn', label: t('field.expectedCloseOn'), kind: 'date' },
          { name: 'nextStep', label: t('field.nextStep'), kind: 'text', maxLength: 500 },
        ]
      : [];
  return [...dimensionFields(references), ...deal, ...customInputs(app, references)];
}

/** The inputs of an action's dialog. `field`: the one that is set. */
export function bulkFields(
  app: App,
  action: 'assign' | 'set' | 'move' | 'tag',
  references: References,
  field: Field | undefined,
): Field[] {
  switch (action) {
    case 'assign':
      return [{ ...ownerField(app.me, references.people), isWide: true }];
    case 'set':
      return field
        ? [{ ...field, label: t('bulk.value'), help: t('bulk.value.help'), isWide: true, required: false }]
        : [];
    case 'move':
      return [
        {
          name: 'stageId',
          label: t('bulk.stage'),
          kind: 'select',
          required: true,
          isWide: true,
          options: stages(references),
        },
      ];
    case 'tag':
      return [
        { name: 'add', label: t('bulk.tags.add'), kind: 'commas', help: t('field.tags.help'), isWide: true },
        { name: 'remove', label: t('bulk.tags.remove'), kind: 'commas', isWide: true },
      ];
    default:
      return action satisfies never;
  }
}

const stages = ({ pipelines }: References) =>
  pipelines.flatMap((pipeline) =>
    namedOptions(pipeline.stages).map(({ value, label }) => ({
      value,
      label: pipelines.length > 1 ? `${pipeline.name}: ${label}` : label,
    })),
  );

/** The change that a filled-in dialog asks for. */
export function bulkBody(action: 'assign' | 'set' | 'move' | 'tag', body: FormValues): BulkChange {
  switch (action) {
    case 'assign':
    case 'set':
      return { action: 'set', fields: body };
    case 'move':
      return { action: 'move', stageId: String(body.stageId) };
    case 'tag':
      return { action: 'tag', add: body.add as string[], remove: body.remove as string[] };
    default:
      return action satisfies never;
  }
}
