import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { findChromium, findPostgres } from './tests/support/programs.ts';
import { cspCleanViewer } from './widgets/docs/inline-styles.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const demos = readdirSync('widgets/demos', { withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.html'))
  .map((entry) => `widgets/demos/${entry.name}`);

/** Code that the embed script needs at once; other elements are fetched when a page uses them. */
const isEmbedCode = (id: string) =>
  /\/widgets\/(base\/|styles\/|elements\/(kanban\/(?!tools\/)|kpis\/(?!trend\/)))/.test(id) ||
  (/\/node_modules\/(@lit\/reactive-element|lit|lit-element|lit-html)\//.test(id) && !id.includes('openapi-explorer'));

/** Where each page is served: the console at `/`, the API docs at `/docs.html`, demos below `/demos/`. */
const placeOf = (fileName: string) =>
  fileName
    .replace('widgets/console/', '')
    .replace('widgets/docs/', '')
    .replace(/^widgets\//, '');

/** Vite mirrors the source path of an HTML page; ours are served from somewhere else. */
const placePages = (): Plugin => ({
  name: 'salespulse:place-pages',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.fileName.endsWith('.html')) file.fileName = placeOf(file.fileName);
    }
  },
});

/** What the console's start page is made of besides the console itself. */
const startPage = [
  'console/dashboard/define.ts',
  'elements/chart/chart-view.ts',
  'elements/kpis/trend/trends.ts',
  'elements/pipeline/define.ts',
].map((file) => `/widgets/${file}`);

/**
 * The console's page names all modules of its start page: they come at once, where one would else ask for the next, and
 * nobody waits for a chain of them.
 */
const preloadStartPage = (): Plugin => ({
  name: 'salespulse:preload-start-page',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {}, chunk, filename }) {
      if (!chunk || !filename.endsWith('widgets/console/index.html')) return;
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const wanted = new Set(
        chunks
          .filter(({ facadeModuleId }) => startPage.some((file) => facadeModuleId?.endsWith(file)))
          .map(({ fileName }) => fileName)
          .concat(chunk.imports),
      );
      for (const name of wanted) {
        for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) wanted.add(next);
      }
      wanted.delete(chunk.fileName);
      return [...wanted].map((name) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
        injectTo: 'head' as const,
      }));
    },
  },
});

/** White space between CSS rules and tags is for whoever reads the source; in the bundle it only weighs. */
const trimTemplates = (): Plugin => ({
  name: 'salespulse:trim-templates',
  apply: 'build',
  transform(code, id) {
    if (!id.includes('/widgets/') || !id.endsWith('.ts')) return null;
    const trimmed = code
      .replace(/\bcss`[^`]*`/g, (css) =>
        css
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replace(/;}/g, '}'),
      )
      // In HTML a line break alone is the same white space as one with an indentation.
      .replace(/\n[ \t]+/g, '\n');
    return trimmed === code ? null : { code: trimmed, map: null };
  },
});

/**
 * Vite wraps each `import()` so that styles and modules of the chunk are fetched beside it. Ours have neither (there is
 * one style sheet, and modules aren't preloaded): the wrapper would only weigh, a fortieth of the embed script.
 */
const plainImports = (): Plugin => ({
  name: 'salespulse:plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
});

const hasPostgres = findPostgres() !== null;
const hasChromium = findChromium() !== null;
const browserTests = ['tests/**/*.browser.test.ts', 'tests/browser/**/*.test.ts'];
const widgetTests = ['tests/widgets/**/*.test.ts'];
const storeTests = [
  'access',
  'activities',
  'analytics',
  'audit',
  'automation',
  'customers',
  'dashboards',
  'db',
  'duplicates',
  'embed',
  'exports',
  'http',
  'identity',
  'imports',
  'leads',
  'opportunities',
  'pipeline',
  'records',
  'sales',
  'views',
]
  .map((module) => `tests/${module}/**/*.test.ts`)
  .concat('tests/security/{matrix,write-log}.test.ts');

export default defineConfig({
  publicDir: false,
  define: { __SALESPULSE_VERSION__: JSON.stringify(version) },
  plugins: [plainImports(), trimTemplates(), cspCleanViewer(), preloadStartPage(), placePages()],
  build: {
    outDir: 'dist/widgets',
    emptyOutDir: true,
    chunkSizeWarningLimit: 600,
    target: 'es2023',
    // Chunks import one another by relative address: the embed script runs on pages of other origins.
    modulePreload: false,
    rolldownOptions: {
      preserveEntrySignatures: 'strict',
      input: {
        embed: 'widgets/embed.ts',
        console: 'widgets/console/index.html',
        docs: 'widgets/docs/docs.html',
        ...Object.fromEntries(demos.map((path) => [path.replace(/\W+/g, '-'), path])),
      },
      output: {
        entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            // What every embedding page needs comes in one piece: fewer requests, better compression.
            { name: 'elements', test: isEmbedCode },
          ],
        },
      },
    },
  },
  test: {
    globalSetup: 'tests/support/template.ts',
    testTimeout: 180_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    // Files of a worker share the modules they import: to load the whole server anew for each takes longer than most tests.
    // What a file changes in the process it puts back.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'pglite',
          include: ['tests/**/*.test.ts'],
          exclude: [...browserTests, ...widgetTests, 'tests/bench/**'],
          env: { TEST_DATABASE: 'pglite' },
        },
      },
      // Elements keep their settings in the page: here each file is a page of its own.
      { extends: true, test: { name: 'widgets', include: widgetTests, exclude: browserTests, isolate: true } },
      // The same suites once more on a real server, where there is one.
      ...(hasPostgres
        ? [
            {
              extends: true as const,
              test: {
                name: 'postgres',
                include: storeTests,
                exclude: [...browserTests, 'tests/analytics/columnar/{load,store}/**'],
                env: { TEST_DATABASE: 'postgres' },
              },
            },
          ]
        : []),
      ...(hasChromium
        ? [{ extends: true as const, test: { name: 'browser', include: browserTests, testTimeout: 180_000 } }]
        : []),
    ],
  },
});
