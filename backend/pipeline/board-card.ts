import { isFieldShown } from '../access/index.ts';
import {
  type JsonValue,
  jsonBare,
  jsonMoment,
  jsonMoney,
  jsonNamed,
  jsonObject,
  jsonPart,
  jsonText,
  jsonWord,
  type Sql,
} from '../db/index.ts';
import type { BoardAsk } from './board-filters.ts';
import type { RecordKind } from './record-kind.ts';

const CUSTOM = 'custom.';

const shared: Readonly<Record<string, JsonValue>> = {
  source: jsonText('r.source'),
  segment: jsonText('r.segment'),
  region: jsonText('r.region'),
  productCategory: jsonText('r.product_category'),
  campaign: jsonText('r.campaign'),
  tags: jsonBare('to_json(r.tags)'),
  createdAt: jsonMoment('r.created_at'),
  updatedAt: jsonMoment('r.updated_at'),
};

/** What a card can show beyond what every card has, besides custom fields. */
const details: Readonly<Record<RecordKind['entity'], Readonly<Record<string, JsonValue>>>> = {
  lead: { ...shared, email: jsonText('r.email'), phone: jsonText('r.phone') },
  opportunity: {
    ...shared,
    nextStep: jsonText('r.next_step'),
    probability: jsonBare('coalesce(r.probability, s.probability)'),
  },
};

/** Is there such a field for cards? */
export const isCardField = (kind: RecordKind, field: string): boolean =>
  field.startsWith(CUSTOM) || Object.hasOwn(details[kind.entity], field);

/** A field's value; null for one that the asker may not see. Keys are checked by the contract: letters, digits and _. */
function detailOf({ kind, reach }: BoardAsk, field: string): JsonValue {
  if (!isFieldShown(kind.entity, field, reach)) return { sql: `'null'` };
  if (field.startsWith(CUSTOM)) return jsonBare(`r.custom -> '${field.slice(CUSTOM.length)}'`);
  return details[kind.entity][field] ?? { sql: `'null'` };
}

/** Where the parts of a card stand, where that isn't the record itself: a board of the past. */
export interface CardSource {
  score: string;
  value: string;
  currency: string;
  position: string;
  stageSince: string;
  dueOn: string;
}

/**
 * A card as JSON text from the record `r`, its stage `s`, its owner `o` and what `kind.cardJoins` joins. `can_move` must
 * be a column of `r`'s row called `m.can_move`.
 */
export function cardSql(ask: BoardAsk, source: Partial<CardSource> = {}): Sql {
  const { kind, fields } = ask;
  return jsonObject({
    id: jsonWord('r.id'),
    title: jsonText('r.name'),
    subtitle: jsonText(kind.subtitle.sql),
    value: jsonMoney(source.value ?? kind.value.sql, source.currency ?? 'r.currency_code'),
    owner: jsonNamed('o'),
    score: jsonBare(source.score ?? 'r.score'),
    position: jsonBare(source.position ?? 'r.position'),
    stageSince: jsonMoment(source.stageSince ?? 'r.stage_since'),
    dueOn: jsonWord(source.dueOn ?? kind.dueOn.sql),
    version: jsonBare('r.version'),
    canMove: jsonBare('m.can_move'),
    ...(fields.length > 0
      ? { details: jsonPart(Object.fromEntries(fields.map((field) => [field, detailOf(ask, field)]))) }
      : {}),
  });
}
