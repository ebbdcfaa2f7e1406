import type { SalesPulseExplore } from '../elements/explore/explore.ts';
import { startDemo } from './sample/demo.ts';
import { exploreSession } from './sample/explore.ts';
import type { DemoState } from './sample/session.ts';

// Sessions first: an element asks for its figures as soon as its tag is defined.
startDemo();
for (const element of document.querySelectorAll<SalesPulseExplore>('salespulse-explore')) {
  element.session = exploreSession(element.dataset.state as DemoState);
}
await import('../elements/explore/define.ts');
