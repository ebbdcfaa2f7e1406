import type { BoardLanes } from '../../../backend/contracts/boards.ts';
import type { Expectation } from '../support/expectation.ts';

/** What boards answer beside themselves. */
export const boards: Record<string, Expectation> = {
  getBoardCards: {
    needs: 'lead.read',
    ok: 200,
    params: ({ stages }) => ({ id: stages.lead.pipeline }),
  },
  getBoardLanes: {
    needs: 'opportunity.read',
    ok: 200,
    params: ({ stages }) => ({ id: stages.opportunity.pipeline }),
    query: 'by=owner',
    shows: (body: BoardLanes) => body.items.map(({ key }) => (key === 'nobody' ? '' : key)),
  },
};
