// npm run check: everything that can be said about the code without running it. All steps run; the
// command fails when one of them did.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Step {
  name: string;
  command: string[];
}

const steps: Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings'] },
  {
    name: 'boundaries',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'backend',
      'connectors',
      'widgets',
      'prisma',
      'tests',
    ],
  },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'migrations fit the schema', command: ['node', 'prisma/new-migration.ts', '--check'] },
  { name: 'docs/numbers.md is fresh', command: ['node', 'backend/analytics/write-numbers.ts', '--check'] },
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'bundle sizes', command: ['size-limit'] },
];

/** Packages that we name ourselves and that are installed in more than one version. */
export function duplicates(lock: { packages: Record<string, { version?: string; dependencies?: object }> }): string[] {
  const direct = new Set(Object.keys(lock.packages['']?.dependencies ?? {}));
  const versions = new Map<string, Set<string>>();
  for (const [place, { version }] of Object.entries(lock.packages)) {
    const name = place.split('node_modules/').at(-1) ?? '';
    if (version && direct.has(name)) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  return [...versions]
    .filter(([, found]) => found.size > 1)
    .map(([name, found]) => `${name}: ${[...found].join(', ')}`);
}

function runStep({ name, command: [program = '', ...args] }: Step): boolean {
  process.stdout.write(`\n== ${name}\n`);
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) process.stderr.write(`${error.message}\n`);
  return status === 0;
}

function main(): number {
  const failed = steps.filter((step) => !runStep(step)).map((step) => step.name);
  const twice = duplicates(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  process.stdout.write(`\n== duplicate dependencies\n${twice.map((line) => `${line}\n`).join('')}`);
  if (twice.length > 0) failed.push('duplicate dependencies');
  process.stdout.write(failed.length === 0 ? '\ncheck: all steps passed\n' : `\ncheck: failed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exit(main());
