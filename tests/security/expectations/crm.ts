import { type Expectation, listedOwners } from '../support/expectation.ts';

type Table = Record<string, Expectation>;
type Noun = 'Lead' | 'Opportunity' | 'Account' | 'Contact';

/** The five everyday endpoints of a kind of record. */
function everyday(noun: Noun, plural: string): Table {
  const kind = noun.toLowerCase() as Lowercase<Noun>;
  return {
    [`list${plural}`]: { needs: `${kind}.read`, ok: 200, query: 'limit=200&count=true', shows: listedOwners },
    // Who took records out is kept.
    [`export${plural}`]: { needs: `${kind}.read`, ok: 200, mayWrite: true },
    [`create${noun}`]: { needs: `${kind}.write`, ok: 201, body: () => ({ name: 'Somebody' }) },
    [`get${noun}`]: { needs: `${kind}.read`, ok: 200, kind },
    [`update${noun}`]: {
      needs: `${kind}.write`,
      sees: `${kind}.read`,
      ok: 200,
      kind,
      body: () => ({ name: 'Changed' }),
    },
    [`delete${noun}`]: { needs: `${kind}.delete`, sees: `${kind}.read`, ok: 204, kind },
  };
}

/** What is written on a record by those who may change it, and read by those who may read it. */
function written(noun: 'Lead' | 'Opportunity' | 'Account'): Table {
  const kind = noun.toLowerCase() as 'lead' | 'opportunity' | 'account';
  const read = { needs: `${kind}.read`, ok: 200, kind } as const;
  const write = { needs: `${kind}.write`, sees: `${kind}.read`, ok: 201, kind } as const;
  return {
    [`list${noun}Tasks`]: { ...read, alsoNeeds: 'task.read' },
    [`create${noun}Task`]: { ...write, alsoNeeds: 'task.write', body: () => ({ title: 'Call back' }) },
  };
}

/** What moves through a pipeline. */
function moving(noun: 'Lead' | 'Opportunity'): Table {
  const kind = noun.toLowerCase() as 'lead' | 'opportunity';
  return {
    [`move${noun}`]: {
      needs: `${kind}.write`,
      sees: `${kind}.read`,
      ok: 200,
      kind,
      body: ({ stages }) => ({ stageId: stages[kind].second }),
    },
    [`get${noun}History`]: { needs: `${kind}.read`, ok: 200, kind },
  };
}

interface Board {
  columns: { cards: { owner: { id: string } | null }[] }[];
}

/** Leads, opportunities, accounts, contacts, boards and tasks. */
export const crm: Table = {
  ...everyday('Lead', 'Leads'),
  ...everyday('Opportunity', 'Opportunities'),
  ...everyday('Account', 'Accounts'),
  ...everyday('Contact', 'Contacts'),
  ...written('Lead'),
  ...written('Opportunity'),
  ...written('Account'),
  ...moving('Lead'),
  ...moving('Opportunity'),
  convertLead: { needs: 'lead.write', sees: 'lead.read', ok: 200, kind: 'lead', body: () => ({}) },
  winOpportunity: {
    needs: 'opportunity.write',
    sees: 'opportunity.read',
    ok: 200,
    kind: 'opportunity',
    body: () => ({}),
  },
  listPipelines: { needs: 'signed-in', ok: 200 },
  getBoard: {
    needs: 'lead.read',
    ok: 200,
    params: ({ stages }) => ({ id: stages.lead.pipeline }),
    shows: (body) => (body as Board).columns.flatMap(({ cards }) => cards.map(({ owner }) => owner?.id ?? '')),
  },
  getBoardColumn: {
    needs: 'opportunity.read',
    ok: 200,
    params: ({ stages: { opportunity } }) => ({ id: opportunity.pipeline, stageId: opportunity.first }),
    shows: (body) => (body as Board['columns'][0]).cards.map(({ owner }) => owner?.id ?? ''),
  },
  listTasks: {
    needs: 'task.read',
    ok: 200,
    query: 'limit=200',
    shows: (body) =>
      (body as { items: { assignee: { id: string } | null }[] }).items.map((task) => task.assignee?.id ?? ''),
  },
  createTask: { needs: 'task.write', ok: 201, body: () => ({ title: 'Tidy up' }) },
  updateTask: {
    needs: 'task.write',
    sees: 'task.read',
    ok: 200,
    kind: 'task',
    body: () => ({ status: 'done' }),
  },
};
