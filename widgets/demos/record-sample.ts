import type { Activity } from '../../backend/contracts/activities.ts';
import type { Pipeline } from '../../backend/contracts/pipelines.ts';
import type { TimelineEntry } from '../../backend/contracts/timeline.ts';

const id = (number: number): string => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const rolf = { id: id(1), name: 'Rolf Rep' };
const maria = { id: id(2), name: 'Maria Manager' };
export const people = [maria, rolf];

const stage = (number: number, name: string, kind: 'open' | 'won' | 'lost' = 'open') => ({
  id: id(number),
  name,
  kind,
});
const stages = [
  stage(20, 'Discovery'),
  stage(21, 'Proposal'),
  stage(22, 'Negotiation'),
  stage(23, 'Won', 'won'),
  stage(24, 'Lost', 'lost'),
];
const leadStages = [stage(30, 'New'), stage(31, 'Qualified'), stage(32, 'Converted', 'won'), stage(33, 'Lost', 'lost')];

export const pipelines = [
  { id: id(3), entity: 'opportunity', name: 'Sales', isDefault: true, stages },
  { id: id(4), entity: 'lead', name: 'Leads', isDefault: true, stages: leadStages },
] as unknown as Pipeline[];

const shared = { owner: rolf, team: null, custom: {}, tags: [], score: null, version: 3 };
/** The records of the demo by kind. */
export const records = {
  opportunity: {
    ...shared,
    id: id(10),
    name: 'Rollout at Brightwater Foods',
    account: { id: id(12), name: 'Brightwater Foods' },
    amount: { amount: '48000.00', currency: 'EUR' },
    expectedCloseOn: '2026-12-18',
    pipelineId: id(3),
    stage: stages[1],
    stageSince: '2026-11-12T09:30:00.000Z',
  },
  lead: {
    ...shared,
    id: id(11),
    name: 'Anna Bergmann',
    company: 'Kestrel Logistik',
    email: 'anna.bergmann@kestrel.example',
    phone: '+49 30 5550 1234',
    value: { amount: '9500.00', currency: 'EUR' },
    pipelineId: id(4),
    stage: leadStages[0],
    stageSince: '2026-11-20T08:00:00.000Z',
  },
  account: { ...shared, id: id(12), name: 'Brightwater Foods', industry: 'Food', country: 'DE' },
};
export type SampleKind = keyof typeof records;

export const task = {
  id: id(40),
  title: 'Send the revised offer',
  type: 'to-do',
  status: 'open',
  dueOn: '2026-11-20',
  dueTime: null,
  isOverdue: true,
  version: 1,
};

let made = 100;
/** An activity as the server would answer it. */
export function activity(fields: Partial<Activity>): Activity {
  made += 1;
  return {
    id: id(made),
    type: 'note',
    direction: null,
    subject: '',
    body: null,
    bodyFormat: 'html',
    content: [],
    outcome: null,
    durationMinutes: null,
    occurredAt: '2026-11-21T10:00:00.000Z',
    contact: null,
    author: rolf,
    rule: null,
    mentions: [],
    createdAt: '2026-11-21T10:00:00.000Z',
    correctedAt: null,
    withdrawnAt: null,
    version: 1,
    ...fields,
  };
}

export const entryOf = (one: Activity): TimelineEntry => ({
  kind: 'activity',
  id: `activity:${one.id}`,
  at: one.occurredAt,
  actor: one.author,
  rule: null,
  record: null,
  activity: one,
});

/** What happened to the sample, newest first. */
export function sampleEntries(): TimelineEntry[] {
  const by = { actor: rolf, rule: null, record: null };
  return [
    entryOf(
      activity({
        subject: 'What they need before Christmas',
        content: [
          {
            tag: 'p',
            children: [
              { tag: 'strong', children: [{ tag: 'text', text: 'Two things' }] },
              { tag: 'text', text: ', says ' },
              { tag: 'mention', text: '@Maria Manager', userId: maria.id },
              { tag: 'text', text: ':' },
            ],
          },
          {
            tag: 'ul',
            children: [
              { tag: 'li', children: [{ tag: 'text', text: 'a price for 40 seats' }] },
              {
                tag: 'li',
                children: [
                  { tag: 'a', href: 'https://example.com/terms', children: [{ tag: 'text', text: 'the terms' }] },
                ],
              },
            ],
          },
        ],
        mentions: [maria],
        correctedAt: '2026-11-21T11:00:00.000Z',
        version: 2,
      }),
    ),
    entryOf(
      activity({
        type: 'call',
        direction: 'out',
        subject: 'Call: Reached',
        outcome: 'Reached',
        durationMinutes: 12,
        contact: { id: id(50), name: 'Petra Lang' },
        occurredAt: '2026-11-20T14:05:00.000Z',
      }),
    ),
    {
      ...by,
      kind: 'change',
      id: 'change:1',
      at: '2026-11-19T09:00:00.000Z',
      event: 'updated',
      fields: [
        {
          field: 'amount',
          from: { amount: '36000.00', currency: 'EUR' },
          to: { amount: '48000.00', currency: 'EUR' },
        },
        { field: 'expectedCloseOn', from: null, to: '2026-12-18' },
      ],
    },
    {
      kind: 'rule',
      id: 'rule:1',
      at: '2026-11-18T09:00:01.000Z',
      actor: null,
      record: null,
      rule: { id: id(60), name: 'Large deals' },
      text: 'Created the task “Send the revised offer”',
    },
    {
      ...by,
      kind: 'file',
      id: 'file:1',
      at: '2026-11-15T16:20:00.000Z',
      attachment: {
        id: id(70),
        fileName: 'requirements.pdf',
        mediaType: 'application/pdf',
        bytes: 482_113,
        sha256: '',
        uploadedBy: rolf,
        createdAt: '2026-11-15T16:20:00.000Z',
      },
    },
    {
      ...by,
      kind: 'stage',
      id: 'stage:2',
      at: '2026-11-12T09:30:00.000Z',
      event: 'entered',
      from: stage(20, 'Discovery'),
      to: stage(21, 'Proposal'),
    },
    {
      ...by,
      kind: 'stage',
      id: 'stage:1',
      at: '2026-11-02T08:00:00.000Z',
      event: 'entered',
      from: null,
      to: stage(20, 'Discovery'),
    },
  ];
}
