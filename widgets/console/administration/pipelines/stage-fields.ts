import type { CustomField } from '../../../../backend/contracts/fields.ts';
import type { Pipeline, PipelineEntity, Stage, StageColour } from '../../../../backend/contracts/pipelines.ts';
import type { Field, FormValues, Option } from '../../parts/fields.ts';
import { namedOptions } from '../../records/references.ts';
import { t } from '../../text.ts';

const colours: Readonly<Record<StageColour, true>> = {
  ...{ grey: true, blue: true, teal: true, green: true, yellow: true },
  ...{ orange: true, red: true, pink: true, purple: true },
};
const kinds: readonly Stage['kind'][] = ['open', 'won', 'lost'];

const origin: readonly (readonly [string, string])[] = [
  ['source', 'field.source'],
  ['segment', 'field.segment'],
  ['region', 'field.region'],
  ['productCategory', 'field.productCategory'],
  ['campaign', 'field.campaign'],
  ['ownerId', 'field.owner'],
];

/** What stages of an entity can ask for, by the names they are written by. */
const requirable: Readonly<Record<PipelineEntity, readonly (readonly [string, string])[]>> = {
  lead: [
    ['company', 'field.company'],
    ['email', 'field.email'],
    ['phone', 'field.phone'],
    ['value', 'field.value'],
    ...origin,
  ],
  opportunity: [
    ['amount', 'field.amount'],
    ['expectedCloseOn', 'field.expectedCloseOn'],
    ['nextStep', 'field.nextStep'],
    ['accountId', 'field.account'],
    ['contactId', 'field.contact'],
    ['productId', 'field.product'],
    ...origin,
  ],
};

/** The fields that a stage can ask for, with the administrator's own ones. */
export const requirableOptions = (entity: PipelineEntity, custom: readonly CustomField[]): Option[] => [
  ...requirable[entity].map(([value, label]) => ({ value, label: t(label) })),
  ...custom
    .filter((field) => field.entity === entity && field.archivedAt === null)
    .map(({ key, label }) => ({ value: `custom.${key}`, label })),
];

/** The stages that are in use. */
export const inUse = ({ stages }: Pipeline): Stage[] => stages.filter(({ archivedAt }) => archivedAt === null);

/** The inputs of a stage; `stage` null: a new one. */
export function stageFields(pipeline: Pipeline, stage: Stage | null, custom: readonly CustomField[]): Field[] {
  const others = inUse(pipeline).filter(({ id }) => id !== stage?.id);
  return [
    { name: 'name', label: t('stages.name'), kind: 'text', required: true, maxLength: 60 },
    {
      name: 'kind',
      label: t('stages.kind'),
      kind: 'select',
      options: kinds.map((value) => ({ value, label: t(`stages.kind.${value}`) })),
      ...(stage ? { help: t('stages.kind.help') } : {}),
    },
    { name: 'probability', label: t('stages.probability'), kind: 'percent', required: true, min: 0, max: 100 },
    {
      name: 'colour',
      label: t('stages.colour'),
      kind: 'select',
      options: Object.keys(colours).map((value) => ({ value, label: t(`stages.colour.${value}`) })),
    },
    { name: 'wipLimit', label: t('stages.wipLimit'), kind: 'number', min: 1, help: t('stages.wipLimit.help') },
    { name: 'rottingDays', label: t('stages.rottingDays'), kind: 'number', min: 1 },
    {
      name: 'requiredFields',
      label: t('stages.requiredFields'),
      kind: 'checks',
      options: requirableOptions(pipeline.entity, custom),
      isWide: true,
    },
    { name: 'limitsNext', label: t('stages.limitsNext'), kind: 'checkbox', isWide: true },
    {
      name: 'nextStageIds',
      label: t('stages.nextStageIds'),
      kind: 'checks',
      options: namedOptions(others),
      isWide: true,
    },
  ];
}

/** What a new stage starts with. */
export const newStage: FormValues = {
  kind: 'open',
  probability: 0.5,
  colour: 'grey',
  requiredFields: [],
  nextStageIds: [],
  limitsNext: false,
};

/** A form's body as the wire has it: what was left empty is the empty list. */
export const stageBody = (body: FormValues): FormValues => ({
  ...body,
  requiredFields: body.requiredFields ?? [],
  nextStageIds: body.limitsNext ? (body.nextStageIds ?? []) : [],
});
