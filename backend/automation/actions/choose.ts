import type { Candidate } from './assign.repository.ts';

/** The next one after `last` in a fixed order, the first one after the last; undefined among nobody. */
export function nextInTurn<Person extends { id: string; name: string }>(
  people: readonly Person[],
  last: { id: string; name: string } | null,
): Person | undefined {
  if (last === null) return people[0];
  const position = people.findIndex(({ id }) => id === last.id);
  // Somebody who has left the circle: whoever comes after them by name.
  if (position < 0) return people.find((one) => orderKey(one) > orderKey(last)) ?? people[0];
  return people[(position + 1) % people.length];
}

const orderKey = ({ id, name }: { id: string; name: string }): string => `${name.toLowerCase()} ${id}`;

/** Whoever has the fewest open records; among equals the one whose turn it is. */
export function leastBusy(
  people: readonly Candidate[],
  last: { id: string; name: string } | null,
): Candidate | undefined {
  const fewest = Math.min(...people.map(({ open }) => open));
  return nextInTurn(
    people.filter(({ open }) => open === fewest),
    last,
  );
}
