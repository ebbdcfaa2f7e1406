// Prints the counts of a vitest JSON report alone on the last line: tests: 10 passed, 0 failed, 1 skipped
import { readFileSync } from 'node:fs';

interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

const text = readFileSync(process.argv[2] ?? '', 'utf8');
if (text === '') {
  console.log('tests: 0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
const report = JSON.parse(text) as Report;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`tests: ${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped} skipped`);
process.exit(report.success ? 0 : 1);
