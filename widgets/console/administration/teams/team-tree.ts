import type { Team } from '../../../../backend/contracts/users.ts';

/** A team with the teams below it, by name. */
export interface TeamNode {
  team: Team;
  children: TeamNode[];
  /** People in it and in all teams below. */
  people: number;
}

/** The teams as a tree. A team whose parent isn't there stands at the top; nothing is lost, not even in a circle. */
export function teamTree(teams: readonly Team[]): TeamNode[] {
  const byName = [...teams].sort((a, b) => a.name.localeCompare(b.name));
  const known = new Set(teams.map(({ id }) => id));
  const placed = new Set<string>();
  const node = (team: Team): TeamNode => {
    placed.add(team.id);
    const children = byName.filter(({ id, parentId }) => parentId === team.id && !placed.has(id)).map(node);
    return { team, children, people: team.members + children.reduce((sum, { people }) => sum + people, 0) };
  };
  const isTop = ({ parentId }: Team) => parentId === null || !known.has(parentId);
  const top = byName.filter(isTop).map(node);
  const circled = byName.flatMap((team) => (placed.has(team.id) ? [] : [node(team)]));
  return [...top, ...circled];
}

/** Teams that `team` may be put below: all but itself and what is below it already. With their depth, in tree order. */
export function possibleParents(teams: readonly Team[], team: Team | null): { team: Team; depth: number }[] {
  const found: { team: Team; depth: number }[] = [];
  const walk = (nodes: readonly TeamNode[], depth: number): void => {
    for (const node of nodes) {
      if (node.team.id === team?.id) continue;
      found.push({ team: node.team, depth });
      walk(node.children, depth + 1);
    }
  };
  walk(teamTree(teams), 0);
  return found;
}
