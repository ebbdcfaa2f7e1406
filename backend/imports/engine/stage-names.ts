import { nameKey } from '../name-key.ts';

export interface StageRow {
  id: string;
  pipelineId: string;
  name: string;
  kind: 'open' | 'won' | 'lost';
  position: number;
}

/**
 * What other programs call the stages of our default pipelines: the standard names of Salesforce, HubSpot
 * and of common sample files. Ours -> theirs, as `nameKey`s.
 */
const SYNONYMS: Record<'lead' | 'opportunity', Record<string, readonly string[]>> = {
  lead: {
    new: ['open', 'opennotcontacted', 'notcontacted', 'neu', 'offen', 'subscriber', 'lead', 'attemptedtocontact'],
    qualified: [
      'workingcontacted',
      'working',
      'contacted',
      'connected',
      'inprogress',
      'nurturing',
      'opendeal',
      'qualifiziert',
      'marketingqualifiedlead',
      'salesqualifiedlead',
      'mql',
      'sql',
    ],
  },
  opportunity: {
    discovery: [
      'prospecting',
      'prospect',
      'qualification',
      'needsanalysis',
      'appointmentscheduled',
      'qualifiedtobuy',
      'new',
      'open',
      'erstkontakt',
      'bedarfsanalyse',
    ],
    proposal: [
      'engaging',
      'engaged',
      'valueproposition',
      'proposalpricequote',
      'quote',
      'presentationscheduled',
      'quotesent',
      'proposalsent',
      'angebot',
      'angebotversendet',
    ],
    negotiation: ['negotiationreview', 'contractsent', 'decisionmakerboughtin', 'verhandlung', 'verbalcommit'],
  },
};

const LOST = /lost|disqualif|unqualif|notconverted|badtiming|dead|junk|reject|abandon|cancel|verloren|abgelehnt|perdu/;
const WON = /won|converted|customer|closedsale|gewonnen|kunde|gagn/;

/**
 * The stage that a name in a file means: one of that name, else one that is known to be called so
 * elsewhere, else the first won or lost one when the name says that the matter is settled. Null for a name
 * that means none of ours.
 */
export function findStage(stages: readonly StageRow[], entity: 'lead' | 'opportunity', name: string): StageRow | null {
  const key = nameKey(name);
  const same = stages.find((stage) => nameKey(stage.name) === key);
  if (same) return same;
  const ours = Object.entries(SYNONYMS[entity]).find(([, names]) => names.includes(key))?.[0];
  const known = stages.find((stage) => nameKey(stage.name) === ours);
  if (known) return known;
  if (LOST.test(key)) return stages.find((stage) => stage.kind === 'lost') ?? null;
  if (WON.test(key)) return stages.find((stage) => stage.kind === 'won') ?? null;
  return null;
}
