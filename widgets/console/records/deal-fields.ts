import type { Me } from '../../../backend/contracts/auth.ts';
import type { Named } from '../../../backend/contracts/common.ts';
import type { Field, Option } from '../parts/fields.ts';
import type { Filter } from '../parts/filter-bar.ts';
import { t } from '../text.ts';
import { namedOptions, type References, textOptions } from './references.ts';

/** Owner options with oneself first; the present owner is among them even when otherwise not to be seen. */
export function ownerOptions(me: Me, people: readonly Named[], present: Named | null = null): Option[] {
  const others = people.filter(({ id }) => id !== me.id && id !== present?.id);
  const first = present && present.id !== me.id ? [present] : [];
  return [{ value: me.id, label: t('record.me', { name: me.name }) }, ...namedOptions([...first, ...others])];
}

/** The input for the owner of a record. */
export const ownerField = (me: Me, people: readonly Named[], present: Named | null = null): Field => ({
  name: 'ownerId',
  label: t('field.owner'),
  kind: 'select',
  options: ownerOptions(me, people, present),
  emptyLabel: t('record.nobody'),
});

const known = (items: readonly string[]) => items.filter((text) => text !== '');

/** Where a lead or opportunity came from and what it is about: the dimensions of the analytics. */
export function dimensionFields({ values }: References): Field[] {
  return [
    { name: 'source', label: t('field.source'), kind: 'text', maxLength: 100, suggestions: known(values.source) },
    { name: 'segment', label: t('field.segment'), kind: 'text', maxLength: 100, suggestions: known(values.segment) },
    { name: 'region', label: t('field.region'), kind: 'text', maxLength: 100, suggestions: known(values.region) },
    {
      name: 'productCategory',
      label: t('field.productCategory'),
      kind: 'text',
      maxLength: 100,
      suggestions: known(values.category),
    },
    { name: 'campaign', label: t('field.campaign'), kind: 'text', maxLength: 200 },
  ];
}

/** The tags of a record. */
export const tagsField = (): Field => ({
  name: 'tags',
  label: t('field.tags'),
  kind: 'commas',
  help: t('field.tags.help'),
  isWide: true,
});

/** Where a new record starts; the first open stage unless chosen otherwise. */
export function stageField({ pipelines }: References): Field {
  const stages = (pipelines[0]?.stages ?? []).filter(({ kind }) => kind === 'open');
  return { name: 'stageId', label: t('record.stage'), kind: 'select', options: namedOptions(stages) };
}

/** The filters of a list of leads or opportunities. */
export function dealFilters(me: Me, references: References | null): Filter[] {
  const { pipelines = [], people = [], values } = references ?? {};
  const stages = pipelines.flatMap((pipeline) =>
    pipeline.stages.map(({ id, name }) => ({
      value: id,
      label: pipelines.length > 1 ? `${pipeline.name}: ${name}` : name,
    })),
  );
  const owners = [
    { value: 'me', label: t('record.me', { name: me.name }) },
    ...namedOptions(people.filter(({ id }) => id !== me.id)),
    { value: 'nobody', label: t('filter.nobody') },
  ];
  const notSet = t('filter.notSet');
  return [
    { name: 'stage', label: t('record.stage'), options: stages },
    { name: 'owner', label: t('field.owner'), options: owners },
    { name: 'source', label: t('field.source'), options: textOptions(known(values?.source ?? []), notSet) },
    { name: 'segment', label: t('field.segment'), options: textOptions(known(values?.segment ?? []), notSet) },
  ];
}
