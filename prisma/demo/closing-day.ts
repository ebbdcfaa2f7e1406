import { DAY_MS, dayAt, type Span } from './calendar.ts';
import type { Opportunity, StageEvent } from './model.ts';
import type { Opportunities, Outlook } from './opportunities.ts';
import { randomFor } from './random.ts';

const REP = 'rep@example.com';

/**
 * Closes a handful of ripe deals on the last day, so that its month has wins, losses and a new customer even
 * when it is one day old. One of the wins is the demo representative's.
 */
export function closeOnLastDay(span: Span, opportunities: Opportunities): void {
  const random = randomFor('closing day');
  const customers = new Set(opportunities.list.filter(({ stage }) => stage === 'Won').map(({ account }) => account.id));
  const ripeness: Record<string, number> = { Negotiation: 0, Proposal: 40, Discovery: 200 };
  const ripe = opportunities.outlooks
    .filter(({ opportunity }) => dayAt(opportunity.stageSince) < span.today)
    .sort((left, right) => rank(left) - rank(right));
  function rank({ opportunity, closesOn }: Outlook): number {
    return closesOn + (ripeness[opportunity.stage] ?? 0);
  }

  const close = (stage: 'Won' | 'Lost', matches: (opportunity: Opportunity) => boolean): void => {
    const index = ripe.findIndex(({ opportunity }) => matches(opportunity));
    const [found] = index < 0 ? [] : ripe.splice(index, 1);
    if (!found) return;
    const { opportunity } = found;
    const at = span.today * DAY_MS + random.int(21, 29) * 60_000;
    const event: StageEvent = {
      id: random.id(at),
      kind: 'entered',
      recordType: 'opportunity',
      recordId: opportunity.id,
      from: opportunity.stage,
      to: stage,
      at,
      amountBase: opportunity.amountBase,
      dueOn: opportunity.expectedCloseOn,
      owner: opportunity.owner,
      team: opportunity.owner.team,
    };
    opportunity.stage = stage;
    opportunity.stageSince = at;
    opportunity.moves += 1;
    opportunity.closedOn = span.today;
    opportunity.nextStep = null;
    opportunities.events.push(event);
    opportunities.outlooks = opportunities.outlooks.filter((outlook) => outlook !== found);
  };
  const isNewCustomer = ({ account }: Opportunity): boolean =>
    account.createdAt >= span.start * DAY_MS && !customers.has(account.id);

  close('Won', ({ owner, stage }) => owner.email === REP && stage === 'Negotiation');
  close('Won', isNewCustomer);
  close('Won', ({ stage }) => stage === 'Negotiation');
  close('Lost', ({ owner }) => owner.email !== REP);
  close('Lost', ({ owner }) => owner.email !== REP);
  close('Lost', () => true);
}
