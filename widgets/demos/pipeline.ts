import { startDemo } from './sample/demo.ts';

// Sessions first: an element asks for its report as soon as its tag is defined.
startDemo();
await import('../elements/pipeline/define.ts');
