import { describe, expect, it } from 'vitest';
import type { Team } from '../../../../backend/contracts/users.ts';
import {
  possibleParents,
  type TeamNode,
  teamTree,
} from '../../../../widgets/console/administration/teams/team-tree.ts';

const team = (id: string, parentId: string | null, members = 1): Team => ({
  id,
  name: `Team ${id}`,
  region: null,
  parentId,
  members,
  version: 1,
});
const outline = (nodes: readonly TeamNode[]): unknown =>
  nodes.map(({ team: { id }, children }) => [id, outline(children)]);

describe('teamTree', () => {
  it('puts teams below their parents, by name, and counts the people below', () => {
    const tree = teamTree([team('c', 'b', 3), team('z', null), team('b', 'a', 2), team('a', null, 1)]);
    expect(outline(tree)).toEqual([
      ['a', [['b', [['c', []]]]]],
      ['z', []],
    ]);
    expect(tree[0]?.people).toBe(6);
  });

  it('shows a team whose parent is out of sight at the top', () => {
    expect(outline(teamTree([team('b', 'hidden')]))).toEqual([['b', []]]);
  });

  it('loses no team and ends, even where teams stand below each other in a circle', () => {
    expect(outline(teamTree([team('a', 'b'), team('b', 'a'), team('c', null)]))).toEqual([
      ['c', []],
      ['a', [['b', []]]],
    ]);
  });
});

describe('possibleParents', () => {
  const teams = [team('a', null), team('b', 'a'), team('c', 'b'), team('d', null)];
  const ids = (of: Team | null) => possibleParents(teams, of).map(({ team: { id }, depth }) => `${depth}${id}`);

  it('are all teams with their depth for a new one', () => {
    expect(ids(null)).toEqual(['0a', '1b', '2c', '0d']);
  });

  it('leave out the team itself and what is below it', () => {
    expect(ids(teams[1] ?? null)).toEqual(['0a', '0d']);
  });
});
