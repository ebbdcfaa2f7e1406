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

interface Lock {
  packages: Record<
    string,
    { version?: string; dev?: boolean; devOptional?: boolean; dependencies?: object; optionalDependencies?: object }
  >;
}

/**
 * Platform packages that the lock file doesn't name. `npm ci` then refuses to run; it comes from an install
 * against a registry that doesn't serve every platform.
 */
export function unnamed(lock: Lock): string[] {
  const names = new Set(Object.keys(lock.packages).map((place) => place.split('node_modules/').at(-1)));
  return Object.values(lock.packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !names.has(name));
}

/** Second versions that others pin and that do no harm beside ours. */
const ACCEPTED: Record<string, string> = {
  cookie: 'express pins 0.7 for itself',
  '@prisma/driver-adapter-utils': 'the PGlite adapter brings its own helpers; they share no state',
};

/** Packages that we name ourselves, that are shipped, and that are installed in more than one version. */
export function duplicates(lock: Lock): string[] {
  const direct = new Set(Object.keys(lock.packages['']?.dependencies ?? {}));
  const versions = new Map<string, Set<string>>();
  for (const [place, { version, dev, devOptional }] of Object.entries(lock.packages)) {
    const name = place.split('node_modules/').at(-1) ?? '';
    if (version && !dev && !devOptional && direct.has(name) && !(name in ACCEPTED))
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
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
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const findings = { 'duplicate dependencies': duplicates(lock), 'lock file complete': unnamed(lock) };
  for (const [name, lines] of Object.entries(findings)) {
    process.stdout.write(`\n== ${name}\n${lines.map((line) => `${line}\n`).join('')}`);
    if (lines.length > 0) failed.push(name);
  }
  process.stdout.write(failed.length === 0 ? '\ncheck: all steps passed\n' : `\ncheck: failed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exit(main());
