import { DAY_MS, type Span } from './calendar.ts';
import type { Person, Team } from './model.ts';
import { emailAddress } from './names.ts';
import { randomFor } from './random.ts';
import { COMPANY, TEAMS } from './words/markets.ts';

type Row = [
  name: string,
  role: Person['role'],
  team: string,
  skill: number,
  load: number,
  joinedAfter: number,
  login?: string,
];

/** joinedAfter: days after the first day of the books; 0: was there before. */
const PEOPLE: Row[] = [
  ['Ingrid Solberg', 'admin', COMPANY, 1, 0, 0, 'admin@example.com'],
  ['Tomoko Hayashi', 'viewer', COMPANY, 1, 0, 0, 'viewer@example.com'],
  ['Marcus Adeyemi', 'manager', 'EMEA North', 1.15, 0.25, 0, 'manager@example.com'],
  ['Elena Petrova', 'rep', 'EMEA North', 1.2, 1.3, 0, 'rep@example.com'],
  ['Jonas Reinhardt', 'rep', 'EMEA North', 1.35, 1.1, 0],
  ['Hannah Fairclough', 'rep', 'EMEA North', 0.9, 1, 0],
  ['Mikkel Nygaard', 'rep', 'EMEA North', 0.7, 0.8, 410],
  ['Camille Delattre', 'manager', 'EMEA South', 1.1, 0.2, 0],
  ['Lorenzo Marchetti', 'rep', 'EMEA South', 1.3, 1.1, 0],
  ['Lucía Ibáñez', 'rep', 'EMEA South', 1, 1, 0],
  ['Karim Haddad', 'rep', 'EMEA South', 0.85, 0.9, 0],
  ['Denise Calloway', 'manager', 'Americas', 1.2, 0.2, 0],
  ['Nathan Whitlock', 'rep', 'Americas', 1.45, 1.2, 0],
  ['Gabriela Fuentes', 'rep', 'Americas', 1.05, 1, 0],
  ['Robert Ellery', 'rep', 'Americas', 0.75, 0.9, 0],
  ['Renata Cardoso', 'rep', 'Americas', 1, 0.9, 560],
  ['Priya Deshpande', 'manager', 'Asia Pacific', 1.1, 0.25, 0],
  ['Kenji Sakamoto', 'rep', 'Asia Pacific', 1.15, 1.1, 0],
  ['Mei Zheng', 'rep', 'Asia Pacific', 0.95, 1, 0],
  ['Oliver Underhill', 'rep', 'Asia Pacific', 0.8, 0.8, 250],
];

export interface Organisation {
  /** the whole company first, then the four sales teams below it */
  teams: Team[];
  people: Person[];
  /** who sells for a team on a day */
  sellers(team: string, day: number): Person[];
  team(name: string): Team;
}

export function makeOrganisation(span: Span): Organisation {
  const random = randomFor('people');
  const foundedMs = (span.start - 400) * DAY_MS;
  const root: Team = { id: random.id(foundedMs), name: COMPANY, region: null, parentId: null };
  const teams: Team[] = [
    root,
    ...TEAMS.map(({ name, region }) => ({ id: random.id(foundedMs), name, region, parentId: root.id })),
  ];
  const team = (name: string): Team => {
    const found = teams.find((candidate) => candidate.name === name);
    if (!found) throw new RangeError(`no team is called ${name}`);
    return found;
  };
  const people = PEOPLE.map(([name, role, teamName, skill, load, joinedAfter, login]): Person => {
    const since = joinedAfter === 0 ? span.start - random.int(90, 380) : span.start + joinedAfter;
    return {
      id: random.id(since * DAY_MS),
      name,
      email: login ?? emailAddress(name, 'example.com'),
      role,
      team: team(teamName),
      since,
      skill,
      load,
    };
  });
  return {
    teams,
    people,
    team,
    sellers: (name, day) =>
      people.filter((person) => person.team.name === name && person.load > 0 && person.since <= day),
  };
}
