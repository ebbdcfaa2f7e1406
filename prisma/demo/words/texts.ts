import type { Activity, Task } from '../model.ts';

/** What is to be done next, by stage of an open opportunity. */
export const NEXT_STEPS: Record<string, string[]> = {
  Discovery: [
    'Walk through the site plan together',
    'Find out who signs off the budget',
    'Agree on the number of measuring points',
    'Send the questionnaire for the pilot',
  ],
  Proposal: [
    'Present the proposal to the plant team',
    'Answer the questions of their IT department',
    'Add a second option without gateways',
    'Confirm delivery dates with operations',
  ],
  Negotiation: [
    'Get the framework terms from legal',
    'Agree on the payment schedule',
    'Final price meeting with procurement',
    'Wait for the signed order, call on Thursday',
  ],
};

export interface ActivityText {
  type: Activity['type'];
  subject: string;
  outcomes: string[];
  body?: string;
}

/** {product}, {contact} and {company} are filled in. */
export const LEAD_TEXTS: ActivityText[] = [
  {
    type: 'call',
    subject: 'First call with {contact}',
    outcomes: ['Connected', 'Left voicemail', 'No answer', 'Call back agreed'],
  },
  { type: 'email', subject: 'Answer to the enquiry about {product}', outcomes: ['Replied', 'Sent', 'Sent'] },
  { type: 'email', subject: 'Price list and case study', outcomes: ['Sent', 'Replied'] },
  { type: 'call', subject: 'Follow-up on the enquiry', outcomes: ['Connected', 'No answer', 'Left voicemail'] },
  { type: 'meeting', subject: 'Online demo of {product}', outcomes: ['Held', 'Held', 'Rescheduled', 'No-show'] },
  {
    type: 'note',
    subject: 'Qualification',
    outcomes: [],
    body: 'Looking at {product} for a first site. Wants to see figures from a comparable customer before involving the budget holder.',
  },
];

export const DEAL_TEXTS: ActivityText[] = [
  {
    type: 'call',
    subject: 'Discovery call with {contact}',
    outcomes: ['Connected', 'Connected', 'Call back agreed', 'No answer'],
  },
  { type: 'meeting', subject: 'Site visit at {company}', outcomes: ['Held', 'Held', 'Rescheduled'] },
  { type: 'email', subject: 'Proposal for {product} sent', outcomes: ['Sent', 'Replied'] },
  { type: 'meeting', subject: 'Proposal review with {contact}', outcomes: ['Held', 'Held', 'No-show'] },
  { type: 'call', subject: 'Questions about delivery times', outcomes: ['Connected', 'Left voicemail'] },
  { type: 'email', subject: 'Security questionnaire returned', outcomes: ['Sent'] },
  { type: 'call', subject: 'Price discussion with procurement', outcomes: ['Connected', 'Call back agreed'] },
  {
    type: 'note',
    subject: 'Where we stand',
    outcomes: [],
    body: '{contact} supports us. Open points: installation window and who maintains the gateways afterwards.',
  },
  {
    type: 'note',
    subject: 'Competition',
    outcomes: [],
    body: 'They have a second quote. Ours is higher on hardware and lower over three years because calibration is included.',
  },
];

export const ACCOUNT_TEXTS: ActivityText[] = [
  { type: 'meeting', subject: 'Quarterly review with {contact}', outcomes: ['Held', 'Held', 'Rescheduled'] },
  { type: 'call', subject: 'Reorder and stock check', outcomes: ['Connected', 'Left voicemail'] },
  { type: 'email', subject: 'Calibration dates for the coming months', outcomes: ['Sent', 'Replied'] },
  {
    type: 'note',
    subject: 'Account plan',
    outcomes: [],
    body: 'Two more sites could follow next year. Keep {contact} informed about {product}.',
  },
];

export interface TaskText {
  type: Task['type'];
  title: string;
}

export const LEAD_TASKS: TaskText[] = [
  { type: 'call', title: 'Call {contact} back' },
  { type: 'email', title: 'Send the case study to {contact}' },
  { type: 'meeting', title: 'Set up a demo of {product}' },
  { type: 'to-do', title: 'Check whether {company} fits our profile' },
];

export const DEAL_TASKS: TaskText[] = [
  { type: 'call', title: 'Follow up on the proposal with {contact}' },
  { type: 'email', title: 'Send the revised quote for {product}' },
  { type: 'meeting', title: 'Prepare the site visit at {company}' },
  { type: 'to-do', title: 'Confirm delivery dates for {product}' },
  { type: 'call', title: 'Ask {contact} about the budget approval' },
  { type: 'to-do', title: 'Update the forecast for {company}' },
];
