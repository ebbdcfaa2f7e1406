import type { Stage } from '../../contracts/pipelines.ts';
import type { SqlRunner } from '../../db/index.ts';
import { type FieldProblem, ProblemError } from '../../http/index.ts';
import type { RecordKind } from '../record-kind.ts';
import { unknownFields } from '../requirable-fields.ts';

const refuse = (errors: readonly FieldProblem[]): void => {
  const [first] = errors;
  if (!first) return;
  const sentence = errors.length === 1 ? `${first.pointer.slice(1)} ${first.message}.` : 'The stage has problems.';
  throw new ProblemError('invalid', sentence, { errors });
};

/** A stage may ask only for fields that there are, and lead only to other stages of its pipeline. */
export async function checkStage(
  runner: SqlRunner,
  kind: RecordKind,
  stage: { id?: string; requiredFields?: readonly string[]; nextStageIds?: readonly string[] },
  inUse: readonly Stage[],
  below = '',
): Promise<void> {
  const required = stage.requiredFields ?? [];
  const unknown = required.length > 0 ? await unknownFields(runner, kind.entity, required) : [];
  const others = inUse.filter(({ id }) => id !== stage.id).map(({ id }) => id);
  const next = stage.nextStageIds ?? [];
  refuse([
    ...unknown.map((name) => ({
      pointer: `${below}/requiredFields/${required.indexOf(name)}`,
      message: `is no field that a ${kind.entity} can be asked for`,
    })),
    ...next.flatMap((id, index) =>
      others.includes(id)
        ? []
        : [{ pointer: `${below}/nextStageIds/${index}`, message: 'is no other stage of this pipeline' }],
    ),
  ]);
}

/** Records need somewhere to start and somewhere to succeed. */
export function checkWhole(stages: readonly Pick<Stage, 'kind'>[], pointer: string): void {
  for (const [kind, what] of [
    ['open', 'an open stage'],
    ['won', 'a won stage'],
  ] as const) {
    if (stages.some((stage) => stage.kind === kind)) continue;
    throw new ProblemError('conflict', `A pipeline keeps at least ${what}.`, {
      errors: [{ pointer, message: `leaves the pipeline without ${what}` }],
    });
  }
}
