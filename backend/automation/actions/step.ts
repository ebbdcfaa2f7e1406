import type { Actor } from '../../access/index.ts';
import type { RuleAction } from '../../contracts/automation.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import type { Tx } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { FieldKind } from '../fields.ts';
import type { StepResult } from '../run.repository.ts';

/** How rules change records: by the same services as people, with the same refusals. */
export interface RecordPorts {
  update(tx: Tx, actor: Actor, entity: PipelineEntity, id: string, change: Record<string, unknown>): Promise<void>;
  move(tx: Tx, actor: Actor, entity: PipelineEntity, id: string, stageId: string): Promise<void>;
}

/** What one step of a run works with; everything it does goes through `tx`. */
export interface StepContext {
  tx: Tx;
  /** the rule's owner, with the rule that acts */
  actor: Actor;
  rule: { id: string; name: string };
  run: { id: string; index: number };
  entity: PipelineEntity;
  recordId: string;
  /** as the rule's owner sees it */
  record: Readonly<Record<string, unknown>>;
  deps: Pick<Dependencies, 'config' | 'clock' | 'changes'>;
  records: RecordPorts;
  /** business day */
  today: string;
  field(name: string): Promise<{ kind: FieldKind | null; label: string }>;
  stageName(id: string): Promise<string>;
}

/** Does one kind of action; answers what the timeline tells. @throws ProblemError when it can't be done */
export type Performer<Kind extends RuleAction['do']> = (
  context: StepContext,
  action: Extract<RuleAction, { do: Kind }>,
) => Promise<StepResult>;

/** The owner of the record a rule looks at; null: nobody. */
export const ownerOf = ({ record }: Pick<StepContext, 'record'>): { id: string; name: string } | null =>
  (record.owner as { id: string; name: string } | null | undefined) ?? null;
