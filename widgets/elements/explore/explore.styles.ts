import { css } from 'lit';

export const exploreStyles = css`
  :host {
    container-type: inline-size;
  }

  salespulse-filters {
    display: block;
    min-block-size: 3.75rem;
    margin-block-end: calc(var(--_space) * 2);
  }

  .explore {
    display: grid;
    grid-template-columns: minmax(14rem, 18rem) minmax(0, 1fr);
    gap: calc(var(--_space) * 2);
    align-items: start;
  }

  .controls > * + *,
  .questions > * + * {
    margin-block-start: calc(var(--_space) * 1.25);
  }

  .panel {
    display: grid;
    gap: calc(var(--_space) * 1.25);
  }

  .controls,
  .panel,
  .questions {
    min-inline-size: 0;
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .result {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.5);
    --salespulse-chart-height: 24rem;
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .field {
    display: grid;
    gap: 0.25rem;
    min-inline-size: 0;
  }

  .field > span,
  legend {
    padding: 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  input:not([type='checkbox']),
  select,
  textarea {
    min-block-size: 2.25rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    inline-size: 100%;
    min-inline-size: 0;
  }

  textarea {
    font-family: ui-monospace, monospace;
    font-size: var(--_font-size-small);
  }

  .checks {
    display: grid;
    max-block-size: 15rem;
    overflow-y: auto;
  }

  fieldset .checks {
    max-block-size: none;
  }

  .check,
  .check label {
    min-block-size: 1.75rem;
    overflow-wrap: anywhere;
  }

  .check small {
    display: block;
    padding-inline-start: 1.5rem;
  }

  small,
  .news,
  .saved small {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  summary {
    min-block-size: 1.75rem;
    cursor: pointer;
  }

  .row,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: end;
  }

  .row .field {
    flex: 1 1 8rem;
  }

  .link {
    justify-self: start;
    min-block-size: 1.75rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    overflow-wrap: anywhere;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .link[aria-current] {
    font-weight: 600;
  }

  .actions button[aria-expanded='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }

  .panel .primary {
    justify-self: start;
  }

  .news {
    min-block-size: 1.25rem;
    margin: 0;
  }

  .news.problem {
    color: var(--_negative);
  }

  .saved {
    display: grid;
    gap: var(--_space);
    margin: calc(var(--_space) * 1.25) 0 0;
    padding: 0;
    list-style: none;
  }

  .saved li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.25rem var(--_space);
    align-items: baseline;
    padding-block-end: var(--_space);
    border-block-end: 1px solid var(--_border);
  }

  .saved .row {
    grid-column: 1 / -1;
    align-items: center;
  }

  .saved .row button {
    min-block-size: 1.75rem;
    padding-block: 0.125rem;
    font-size: var(--_font-size-small);
  }

  @container (max-width: 44rem) {
    .explore {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
