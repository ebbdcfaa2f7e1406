export { type DemoOptions, type DemoSummary, loadDemoData } from './load.ts';
