import { css } from 'lit';

/** The bar above the columns, lanes, and further lines of cards. */
export const toolStyles = css`
  .tools input,
  .tools select,
  .tools summary,
  .tools button {
    min-block-size: 2rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .tools .find {
    flex: none;
    inline-size: 11rem;
  }

  .chips {
    display: flex;
    flex: 1;
    gap: 0.375rem;
    min-inline-size: 0;
    padding: 2px;
    overflow: auto hidden;
    scrollbar-width: none;
  }

  .tools .chip {
    flex: none;
    border-radius: 1rem;
  }

  .tools .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    font-weight: 600;
  }

  /* In sight also where there are more filters than room. */
  .tools .clear {
    position: sticky;
    inset-inline-end: 0;
    border-color: transparent;
    background: var(--_background);
    text-decoration: underline;
  }

  .choice,
  .choice label {
    display: inline-flex;
    flex: none;
    gap: 0.375rem;
    align-items: center;
    color: var(--_text-muted);
  }

  .fields {
    position: relative;
  }

  .fields summary {
    display: flex;
    align-items: center;
    cursor: pointer;
    list-style: none;
  }

  .sheet {
    position: absolute;
    inset: calc(100% + 0.25rem) 0 auto auto;
    z-index: 5;
    display: grid;
    inline-size: max-content;
    max-inline-size: 18rem;
    max-block-size: 20rem;
    padding: 0.5rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: auto;
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-raised);
  }

  .sheet label {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    min-block-size: 2rem;
    padding-inline: 0.25rem;
  }

  .sheet input {
    min-block-size: 0;
    accent-color: var(--_accent);
  }

  .past {
    margin: 0 0 var(--_space);
    padding: 0.5rem 0.75rem;
    border-radius: var(--_radius-small);
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: var(--_font-size-small);
  }

  .weighted,
  .rotting {
    flex: none;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .weighted {
    margin-inline-start: auto;
  }

  /* Holds its hidden text, which else would reach out of the board and widen the page. */
  .rotting {
    position: relative;
    color: var(--_negative);
    font-weight: 600;
  }

  .details {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0.25rem 0 0;
    font-size: 0.75rem;
    line-height: 1.25rem;
  }

  .details div {
    display: flex;
    gap: 0.375rem;
    block-size: 1.25rem;
  }

  .details dt {
    flex: none;
    max-inline-size: 50%;
    overflow: hidden;
    color: var(--_text-muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .details dd {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .lanes {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-control) transparent;
  }

  .lane {
    margin-block-end: var(--_space);
  }

  .lane h3 {
    position: sticky;
    inset: 0 auto auto 0;
    z-index: 1;
    display: block;
    background: var(--_background);
  }

  .lane h3 button {
    display: flex;
    gap: var(--_space);
    align-items: center;
    inline-size: 100%;
    border: 0;
    background: none;
    font-weight: 620;
    text-align: start;
  }

  .lane h3 button:focus-visible {
    outline-offset: -2px;
  }

  .lane.target h3 {
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 2px var(--_accent);
  }

  .lane.refuses h3 {
    background: var(--_warning-soft);
    box-shadow: inset 0 0 0 2px var(--_warning);
  }

  .lane.refuses h3 .total {
    color: var(--_warning);
  }

  .menu [role='group'] {
    display: grid;
    margin-block-start: 0.25rem;
    padding-block-start: 0.25rem;
    border-block-start: 1px solid var(--_border);
  }

  .dot.into {
    border: 2px solid var(--_border-control);
    background: none;
  }

  .lane h3 .total {
    font-weight: 400;
  }

  .lane-board {
    display: block;
    block-size: var(--salespulse-kanban-lane-height, 22rem);
  }

  @container (max-width: 60rem) {
    .tools {
      overflow: auto hidden;
      scrollbar-width: none;
    }

    .chips {
      flex: none;
      overflow: visible;
    }

    .fields {
      position: static;
      flex: none;
    }

    .sheet {
      inset: 5.25rem 0 auto auto;
    }
  }
`;
