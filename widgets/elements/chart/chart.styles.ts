import { css } from 'lit';

export const chartStyles = css`
  :host {
    position: relative;
    container-type: inline-size;
  }

  figure {
    position: relative;
    margin: 0;
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  header {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: start;
    justify-content: space-between;
    margin-block-end: var(--_space);
  }

  figcaption {
    padding-block: 0.25rem;
    font-weight: 600;
  }

  .tools {
    display: flex;
    flex: 0 1 auto;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    margin-inline-start: auto;
    gap: var(--_space);
  }

  salespulse-export-menu {
    display: flex;
  }

  .plot {
    position: relative;
    min-inline-size: 0;
    block-size: var(--salespulse-chart-height, 18rem);
  }

  .plot .state {
    border: 0;
  }

  .waiting {
    opacity: 0.6;
  }

  .pie {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: calc(var(--_space) * 2);
    align-items: center;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    margin: 0 0 var(--_space);
    padding: 0;
    list-style: none;
    font-size: var(--_font-size-small);
  }

  .legend button {
    display: flex;
    gap: 0.375rem;
    align-items: center;
    min-block-size: 1.75rem;
    padding: 0.125rem 0.5rem;
    border-color: transparent;
    font-size: inherit;
  }

  .legend button[aria-pressed='false'] {
    color: var(--_text-muted);
    text-decoration: line-through;
  }

  .legend i {
    flex: none;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border-radius: 0.1875rem;
    background: currentColor;
  }

  .legend i.hatched {
    background: repeating-linear-gradient(135deg, currentColor 0 4px, var(--_surface) 4px 6px);
  }

  .key {
    flex: none;
    inline-size: 1.5rem;
    block-size: 0.75rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
  }

  .key .shape {
    fill: currentColor;
    stroke: none;
  }

  .legend.slices {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    gap: 0.375rem calc(var(--_space) * 1);
  }

  .slices li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
  }

  .slices li > :nth-child(2) {
    overflow-wrap: break-word;
  }

  .slices li > :nth-child(n + 3) {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .slices li > :last-child {
    color: var(--_text-muted);
  }

  .scroll {
    overflow: auto;
    max-block-size: calc(var(--salespulse-chart-height, 18rem) * 1.4);
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--_font-size-small);
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: 0.375rem 0.5rem;
    border-block-end: 1px solid var(--_border);
    font-weight: 400;
    text-align: start;
  }

  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    color: var(--_text-muted);
    font-weight: 600;
  }

  tbody th {
    min-inline-size: 5.5rem;
  }

  .number {
    text-align: end;
    white-space: nowrap;
  }

  small {
    color: var(--_text-muted);
  }

  .link {
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .number .link {
    text-align: end;
    font-variant-numeric: inherit;
  }

  .notes {
    margin: var(--_space) 0 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .menu {
    position: absolute;
    z-index: 2;
    display: grid;
    gap: 0.25rem;
    inline-size: 13rem;
    padding: var(--_space);
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-raised);
    font-size: var(--_font-size-small);
  }

  .menu p {
    display: grid;
    margin: 0 0 0.25rem;
  }

  .menu button {
    overflow-wrap: anywhere;
    text-align: start;
  }

  .probe {
    position: absolute;
    visibility: hidden;
    pointer-events: none;
  }

  .probe.watch {
    color: var(--_text);
    transition: color 1ms;
  }

  @container (max-width: 34rem) {
    .pie {
      grid-template-columns: minmax(0, 1fr);
    }

    .pie .plot {
      block-size: 13rem;
    }
  }
`;
