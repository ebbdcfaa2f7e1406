import { css } from 'lit';

export const pipelineStyles = css`
  :host {
    container-type: inline-size;
  }

  h3 {
    margin: calc(var(--_space) * 3) 0 var(--_space);
    font-size: 1rem;
  }

  small,
  .about,
  .foot,
  .lead,
  .tile-note {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .about,
  .foot,
  .lead {
    margin: var(--_space) 0;
  }

  .waiting {
    opacity: 0.6;
  }

  button.link {
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-variant-numeric: tabular-nums;
    text-align: inherit;
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentcolor 40%, transparent);
    text-underline-offset: 0.2em;
  }

  button.link:hover:not(:disabled) {
    background: none;
    text-decoration-color: currentcolor;
  }

  .switch {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-block-end: calc(var(--_space) * 2);
  }

  .switch button[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
    font-weight: 600;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(10rem, 100%), 1fr));
    gap: calc(var(--_space) * 1.5);
    margin: 0 0 calc(var(--_space) * 2);
    padding: 0;
    list-style: none;
  }

  .tile {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
    align-items: start;
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .tile-label {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    font-weight: 600;
  }

  .tile-value,
  button.tile-value {
    font-size: 1.375rem;
    font-variant-numeric: tabular-nums;
    font-weight: 650;
    line-height: 1.25;
  }

  .tile-value.warn {
    color: var(--_warning);
  }

  .tile-value.good {
    color: var(--_positive);
  }

  .rows {
    display: grid;
    gap: 0.375rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .row {
    display: grid;
    grid-template-columns: minmax(7rem, 11rem) minmax(0, 1fr) minmax(7rem, max-content);
    gap: 0.125rem calc(var(--_space) * 1.5);
    align-items: center;
  }

  .row-total .row-name,
  .row-total .row-value {
    font-weight: 650;
  }

  .row-name {
    overflow-wrap: anywhere;
  }

  .row-value {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .row-value small {
    display: block;
    font-weight: 400;
  }

  .row-notes {
    grid-column: 2 / -1;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .row-notes b {
    color: var(--_text);
    font-weight: 600;
  }

  .track {
    position: relative;
    display: block;
    block-size: 1.75rem;
    border-radius: var(--_radius-small);
    background: var(--_surface-hover);
  }

  .track i {
    position: absolute;
    inset-block: 0;
    border-radius: var(--_radius-small);
  }

  .track i.total {
    background: var(--_series-1);
  }

  .track i.up,
  .track i.good {
    background: var(--_series-3);
  }

  .track i.down {
    background: var(--_series-2);
  }

  .track i.soft {
    background: color-mix(in srgb, var(--_series-1) 35%, transparent);
  }

  table .track {
    min-inline-size: 6rem;
    block-size: 0.75rem;
  }

  .scroll {
    overflow-x: auto;
    margin-block: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--_font-size-small);
  }

  th,
  td {
    padding: 0.5rem 0.75rem;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    vertical-align: baseline;
  }

  thead th {
    color: var(--_text-muted);
    font-weight: 600;
  }

  tbody tr:last-child > * {
    border-block-end: 0;
  }

  tbody th {
    font-weight: 600;
  }

  tbody th small {
    display: block;
    font-weight: 400;
  }

  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }

  th.wide,
  td.wide {
    inline-size: 30%;
  }

  .heat {
    background: color-mix(in srgb, var(--_accent-soft) var(--heat, 0%), transparent);
  }

  .heat small {
    display: block;
    color: var(--_text);
  }

  .limits {
    display: grid;
    gap: 0.25rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--_font-size-small);
  }

  .list {
    margin-block-start: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
  }

  .list header {
    display: flex;
    gap: var(--_space);
    align-items: center;
    justify-content: space-between;
  }

  .list h3 {
    margin: 0;
  }

  .list-skeleton {
    block-size: 8rem;
    margin-block-start: var(--_space);
  }

  .report-skeleton {
    block-size: 20rem;
  }

  @container (max-width: 34rem) {
    .tiles {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--_space);
    }

    .tile {
      padding: var(--_space);
    }

    .row {
      grid-template-columns: minmax(0, 1fr) max-content;
    }

    .row .track {
      grid-row: 2;
      grid-column: 1 / -1;
      block-size: 1rem;
    }

    .row-notes {
      grid-column: 1 / -1;
    }
  }
`;
