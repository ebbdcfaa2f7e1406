import type { Actor } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { madeBy, type RecordChange, type RecordChangeKind, type RecordPlace } from '../notify/index.ts';

interface WireRecord {
  id: string;
  /** accounts and contacts have no stage */
  pipelineId?: string;
  stage?: { id: string };
  owner: { id: string } | null;
  team: { id: string } | null;
  custom: Readonly<Record<string, unknown>>;
}

/** Change with every write, and say nothing. */
const BOOKKEEPING = new Set(['version', 'updatedAt', 'custom']);

/** The change between two states of a record as the wire (and the audit row) has them; null: not there. */
export function changeBetween(
  kind: { readonly entity: RecordType },
  actor: Actor,
  what: RecordChangeKind,
  beforeJson: string | null,
  afterJson: string | null,
): RecordChange {
  const before = read(beforeJson);
  const after = read(afterJson);
  const id = (after ?? before)?.id;
  if (id === undefined) throw new Error('a change of nothing');
  return {
    entity: kind.entity,
    id,
    kind: what,
    fields: before && after ? changedFields(before, after) : [],
    before: before && placeOf(before),
    after: after && placeOf(after),
    ...madeBy(actor),
  };
}

const read = (json: string | null): WireRecord | null => (json === null ? null : (JSON.parse(json) as WireRecord));

const placeOf = ({ pipelineId, stage, owner, team }: WireRecord): RecordPlace => ({
  pipelineId: pipelineId ?? null,
  stageId: stage?.id ?? null,
  ownerId: owner?.id ?? null,
  teamId: team?.id ?? null,
});

function changedFields(before: WireRecord, after: WireRecord): string[] {
  const differing = (one: object, other: object): string[] => {
    const left = one as Record<string, unknown>;
    const right = other as Record<string, unknown>;
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
      (key) => JSON.stringify(left[key]) !== JSON.stringify(right[key]),
    );
  };
  return [
    ...differing(before, after).filter((key) => !BOOKKEEPING.has(key)),
    ...differing(before.custom, after.custom).map((key) => `custom.${key}`),
  ];
}
