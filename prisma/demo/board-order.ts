const GAP = 1024;

/** Gives every card its place in its stage: what moved last is on top. */
export function placeOnBoard(cards: { stage: string; stageSince: number; position: number }[]): void {
  const below = new Map<string, number>();
  for (const card of [...cards].sort((left, right) => right.stageSince - left.stageSince)) {
    const position = (below.get(card.stage) ?? 0) + GAP;
    card.position = position;
    below.set(card.stage, position);
  }
}
