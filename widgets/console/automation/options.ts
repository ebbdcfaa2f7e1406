import type { AutomationCatalogue } from '../../../backend/contracts/automation.ts';
import type { Option } from '../parts/fields.ts';
import type { CatalogueField } from './draft.ts';
import { named } from './inputs.ts';

/** Stages; with their pipelines' names where there are several. */
export function stageOptions({ stages }: AutomationCatalogue): Option[] {
  const hasSeveral = new Set(stages.map(({ pipeline }) => pipeline.id)).size > 1;
  return stages.map(({ id, name, pipeline }) => ({
    value: id,
    label: hasSeveral ? `${pipeline.name}: ${name}` : name,
  }));
}

/** What a field's value is chosen from; null: it is typed. */
export function choicesOf(field: CatalogueField | undefined, catalogue: AutomationCatalogue): Option[] | null {
  switch (field?.kind) {
    case 'stage':
      return stageOptions(catalogue);
    case 'person':
      return named(catalogue.people);
    case 'team':
      return named(catalogue.teams);
    default:
      return field && field.options.length > 0 ? field.options.map((value) => ({ value, label: value })) : null;
  }
}
