import { css } from 'lit';

export const drillStyles = css`
  dialog {
    inline-size: min(56rem, 100vw - 1rem);
    max-block-size: calc(100dvh - 2rem);
    padding: calc(var(--_space) * 2);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow-raised);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  /* The path and the way out stay in sight. */
  header {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    gap: var(--_space);
    align-items: start;
    justify-content: space-between;
    margin-block-start: calc(var(--_space) * -1);
    padding-block: var(--_space);
    background: var(--_surface-raised);
  }

  ol {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.5rem;
    align-items: center;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li + li::before {
    margin-inline-end: 0.5rem;
    color: var(--_text-muted);
    content: '›';
  }

  .link {
    min-block-size: 1.5rem;
    padding: 0.125rem 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    margin-block: calc(var(--_space) * 2) var(--_space);
  }

  .ways [aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    font-weight: 600;
  }

  h3 {
    margin: 0;
    font-size: 1rem;
  }

  .records {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: center;
    justify-content: space-between;
    margin: calc(var(--_space) * 3) 0 var(--_space);
  }

  .scroll {
    max-inline-size: 100%;
    overflow-x: auto;
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: 0.375rem 0.5rem;
    border-block-end: 1px solid var(--_border);
    font-weight: 400;
    text-align: start;
  }

  thead th {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  small {
    display: block;
    color: var(--_text-muted);
  }

  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }

  .bar {
    inline-size: 35%;
  }

  meter {
    inline-size: 100%;
    block-size: 0.75rem;
  }

  meter::-webkit-meter-optimum-value {
    background: var(--_accent);
  }

  meter::-moz-meter-bar {
    background: var(--_accent);
  }

  .narrow {
    display: none;
  }

  .lines {
    block-size: 10rem;
  }

  @media (width < 40rem) {
    .bar,
    .wide {
      display: none;
    }

    .narrow {
      display: block;
    }

    .day {
      font-size: var(--_font-size-small);
    }

    th,
    td {
      padding-inline: 0.25rem;
      overflow-wrap: anywhere;
    }
  }
`;
