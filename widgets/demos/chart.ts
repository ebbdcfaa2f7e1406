import { startDemo } from './sample/demo.ts';

// Sessions first: an element asks for its figures as soon as its tag is defined.
startDemo();
await import('../elements/chart/define.ts');
