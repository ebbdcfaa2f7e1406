import type { ImportEntity, ImportPreview } from '../../contracts/imports.ts';
import { presentField } from '../entities/field.ts';
import type { CellAccess } from '../field-access.ts';
import type { Inspection } from '../reading/inspect.ts';
import type { ImportPlan } from './plan.ts';

const SAMPLES = 5;

/** What a person who maps columns looks at. */
export function previewOf(
  run: { id: string; entity: ImportEntity; fileName: string },
  inspection: Inspection,
  plan: ImportPlan,
  access: CellAccess,
): ImportPreview {
  const { encoding, delimiter, columns } = inspection;
  return {
    id: run.id,
    entity: run.entity,
    fileName: run.fileName,
    encoding,
    delimiter,
    columns: columns.map(({ name, samples }) => ({
      name,
      samples: access.column(name) ? [...new Set(samples)].slice(0, SAMPLES) : [],
    })),
    fields: plan.fields.flatMap((field) => {
      const shown = presentField(field);
      const readings = plan.readings.get(field.key);
      // A field that can be read in two ways is offered in both, so that the choice is a person's.
      if (!readings) return [shown];
      return [
        { ...shown, required: false },
        ...readings.map(({ key, label }) => ({ ...shown, required: false, key, label: `${shown.label} (${label})` })),
      ];
    }),
    mapping: plan.mapping,
    problems: plan.problems,
  };
}
