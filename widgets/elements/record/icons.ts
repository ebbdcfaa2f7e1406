import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const shapes = {
  call: svg`<path d="M5 3h2l1 3-1.5 1A8 8 0 0 0 9 9.5L10 8l3 1v2a1.5 1.5 0 0 1-1.6 1.5A9 9 0 0 1 3.5 4.6 1.5 1.5 0 0 1 5 3Z"/>`,
  email: svg`<path d="M2.5 4h11v8h-11zM2.5 4.5 8 9l5.5-4.5"/>`,
  meeting: svg`<path d="M3 4h10v9H3zM3 7h10M6 2.5V5M10 2.5V5"/>`,
  note: svg`<path d="M4 2.5h6l2.5 2.5v8.5H4zM6 7h4.5M6 9.5h4.5"/>`,
  system: svg`<circle cx="8" cy="8" r="5"/><path d="M8 5.5V8l1.5 1.5"/>`,
  stage: svg`<path d="M3 8h9M9 4.5 12.5 8 9 11.5"/>`,
  change: svg`<path d="m3 13 .5-2.5L10.5 3.5 12.5 5.5 5.5 12.5z"/>`,
  task: svg`<path d="M3 3h10v10H3zM5.5 8l2 2 3.5-4"/>`,
  file: svg`<path d="M11 6 6.5 10.5a1.3 1.3 0 0 1-1.9-1.9L9.5 3.8a2.3 2.3 0 0 1 3.2 3.2L7.5 12.2"/>`,
  merge: svg`<path d="M4 3v3c0 2 4 2 4 4v3M12 3v3c0 2-4 2-4 4"/>`,
  conversion: svg`<path d="M3 5.5h8.5L9 3M13 10.5H4.5L7 13"/>`,
  link: svg`<path d="M6.5 9.5 9.5 6.5M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5"/>`,
  rule: svg`<path d="M9 2 4 9h3.5L7 14l5-7H8.5z"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type EntryIcon = keyof typeof shapes;

/** A sign beside words that say the same. */
export const entryIcon = (name: EntryIcon): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round">${shapes[name]}</svg>`;
