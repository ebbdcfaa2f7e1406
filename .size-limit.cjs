// What a page pays for the embed script: everything it loads at once, and what each further element adds.
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const FOLDER = 'dist/widgets';
const ENTRY = path.join(FOLDER, 'embed.js');
const STATIC = /(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g;
const LAZY = /\bimport\s*\(\s*["'`](\.[^"'`]+\.js)["'`]\s*\)/g;

const targets = (file, pattern) =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, to]) => path.join(path.dirname(file), to));

/** The files and all they import without being asked. */
function closure(files, seen = new Set()) {
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    closure(targets(file, STATIC), seen);
  }
  return seen;
}

if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing. Run: npm run build`);
const atOnce = closure([ENTRY]);

/** What the code of an element brings beyond what is there at once: when it is first used, and what it fetches later. */
function broughtBy(tag) {
  const registers = new RegExp(`define\\(\\s*["'\`]${tag}["'\`]`);
  const fetched = [...atOnce].flatMap((file) => targets(file, LAZY));
  const more = (files) => [...closure(files)].filter((file) => !atOnce.has(file));
  const root = fetched
    .map((file) => more([file]))
    .find((files) => files.some((file) => registers.test(readFileSync(file, 'utf8'))));
  if (!root) throw new Error(`No chunk that the embed script fetches registers ${tag}.`);
  const found = new Set(root);
  for (const file of found) for (const next of more(targets(file, LAZY))) found.add(next);
  return { first: root, later: [...found].filter((file) => !root.includes(file)) };
}

/** What a board fetches once it is on screen: filters, lanes, rewind, live. */
const extras = [...atOnce].flatMap((file) => targets(file, LAZY)).filter((file) => /create-extras/.test(file));
const boardTools = [...closure(extras)].filter((file) => !atOnce.has(file));

const element = (tag, limit) => {
  const { first, later } = broughtBy(tag);
  return { name: `added by the first <${tag}>`, path: [...first, ...later], limit };
};

/** The page to explore is made of a chart: what it adds to that. */
const chart = broughtBy('salespulse-chart');
const explore = broughtBy('salespulse-explore').first.filter((file) => !chart.first.concat(chart.later).includes(file));

/** Forms are fetched when somebody opens one: a page that shows records does not pay for them. */
const { first: panel, later: forms } = broughtBy('salespulse-record');

module.exports = [
  { name: 'embed script: Kanban and KPIs', path: [...atOnce], limit: '30 kB' },
  { name: 'fetched once a board is on screen', path: boardTools, limit: '8 kB' },
  element('salespulse-chart', '70 kB'),
  { name: 'added by the first <salespulse-explore> to a chart', path: explore, limit: '12 kB' },
  { name: 'added by the first <salespulse-record>', path: panel, limit: '20 kB' },
  { name: 'fetched with the first form of a <salespulse-record>', path: forms, limit: '8 kB' },
  element('salespulse-tasks', '8 kB'),
  element('salespulse-pipeline', '12 kB'),
];
