import type { Board, BoardColumn, Card } from '../../backend/contracts/boards.ts';
import type { PipelineEntity, Stage } from '../../backend/contracts/pipelines.ts';

const stages: Record<PipelineEntity, [name: string, kind: Stage['kind'], probability: number][]> = {
  opportunity: [
    ['Discovery', 'open', 0.2],
    ['Proposal', 'open', 0.5],
    ['Negotiation', 'open', 0.75],
    ['Won', 'won', 1],
    ['Lost', 'lost', 0],
  ],
  lead: [
    ['New', 'open', 0.1],
    ['Qualified', 'open', 0.4],
    ['Converted', 'won', 1],
    ['Lost', 'lost', 0],
  ],
};
const firstWords = ['North', 'Blue', 'Silver', 'Alpine', 'Harbour', 'Cedar', 'Summit', 'Golden', 'River', 'Stone'];
const lastWords = [
  'Logistics',
  'Foods',
  'Health',
  'Robotics',
  'Energy',
  'Textiles',
  'Media',
  'Optics',
  'Marine',
  'Labs',
];
const goods = ['Forecasting', 'Warehouse', 'Service desk', 'Analytics', 'Field sales', 'Billing'];
const deals = ['renewal', 'rollout', 'pilot', 'expansion', 'support plan', 'migration', 'framework agreement'];
const people = ['Ada Okafor', 'Ben Lindqvist', 'Chiara Rossi', 'David Nguyen', 'Elif Yılmaz', 'Frank Weber'];

/** Numbers in 0..1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const idOf = (kind: number, index: number) =>
  `0198${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const dayMs = 86_400_000;

function cardOf(index: number, entity: PipelineEntity, now: number, random: () => number): Card {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const company = `${pick(firstWords)} ${pick(lastWords)}`;
  const owner = Math.floor(random() * people.length);
  const person = `${pick(people).split(' ')[0]} ${pick(people).split(' ')[1]}`;
  const amount = Math.round(10 ** (3.2 + random() * 2.2));
  return {
    id: idOf(1, index),
    title: entity === 'lead' ? person : `${pick(goods)} ${pick(deals)} #${1001 + index}`,
    subtitle: company,
    value: random() < 0.05 ? null : { amount: amount.toFixed(2), currency: 'EUR' },
    owner: random() < 0.05 ? null : { id: idOf(2, owner), name: people[owner] ?? '' },
    score: random() < 0.15 ? null : Math.round(random() * 100),
    position: index,
    stageSince: new Date(now - random() * 45 * dayMs).toISOString(),
    dueOn: entity === 'lead' ? null : new Date(now + (random() * 90 - 15) * dayMs).toISOString().slice(0, 10),
    version: 1,
    canMove: index % 9 !== 4,
  };
}

/** A believable board: `counts[i]` cards in stage i (12 to 3 where left out), the same for a given moment. */
export function sampleBoard(entity: PipelineEntity, counts: readonly number[] | undefined, now: number): Board {
  const random = randomFrom(20);
  let index = 0;
  const columns = stages[entity].map(([name, kind, probability], position): BoardColumn => {
    const size = counts ? (counts[position] ?? 0) : ([14, 9, 6, 7, 3][position] ?? 0);
    const cards = Array.from({ length: size }, () => cardOf(index++, entity, now, random));
    const stage: Stage = {
      id: idOf(3, position),
      name,
      kind,
      probability,
      position,
      colour: 'grey',
      wipLimit: null,
      rottingDays: null,
      requiredFields: [],
      limitsNext: false,
      nextStageIds: [],
      archivedAt: null,
    };
    return withTotals({ stage, cards });
  });
  return {
    pipeline: { id: idOf(4, 1), entity, name: entity === 'lead' ? 'Inbound leads' : 'New business' },
    columns,
    asOf: new Date(now).toISOString(),
  };
}

/** A whole column with the count and total that its cards make. */
export function withTotals({ stage, cards }: Pick<BoardColumn, 'stage' | 'cards'>): BoardColumn {
  const cents = cards.reduce((sum, card) => sum + Math.round(Number(card.value?.amount ?? 0) * 100), 0);
  const euros = (amount: number) => ({ amount: (amount / 100).toFixed(2), currency: 'EUR' });
  const weighted = euros(Math.round(cents * stage.probability));
  return { stage, cards, count: cards.length, value: euros(cents), weighted, rotting: 0, nextCursor: null };
}
