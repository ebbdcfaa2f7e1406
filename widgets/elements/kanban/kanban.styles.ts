import { css } from 'lit';

/** Layout of the board: header, columns, the layers above them. */
export const boardStyles = css`
  :host {
    block-size: var(--salespulse-kanban-height, clamp(24rem, 80vh, 48rem));
    container-type: inline-size;
  }

  .shell {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 1.5);
    align-items: center;
    padding-block-end: var(--_space);
  }

  .top h2 {
    margin: 0;
    font-size: 1.0625rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  .top .sum {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    font-variant-numeric: tabular-nums;
  }

  .top .as-of {
    margin-inline-start: auto;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .refresh {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    min-block-size: 2rem;
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--_text-muted);
  }

  .busy .refresh svg {
    animation: turn 0.9s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  /* Its room is kept from the beginning: nothing jumps once it is filled. */
  .tools {
    display: flex;
    flex: none;
    gap: var(--_space);
    align-items: center;
    block-size: 2.5rem;
    padding-block-end: var(--_space);
    font-size: var(--_font-size-small);
  }

  .board {
    display: flex;
    flex: 1;
    gap: calc(var(--_space) * 1.5);
    min-block-size: 0;
    overflow: auto hidden;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-control) transparent;
  }

  .column {
    display: flex;
    flex: 1 0 15.5rem;
    flex-direction: column;
    min-inline-size: 0;
    max-inline-size: 24rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
    --_stage: var(--_accent);
  }

  .stage-won {
    --_stage: var(--_positive);
  }

  .stage-lost {
    --_stage: var(--_border-control);
  }

  .column.target {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent-soft) 55%, var(--_background));
  }

  .column > header {
    padding: calc(var(--_space) * 1.25) calc(var(--_space) * 1.5) var(--_space);
    border-block-start: 3px solid var(--_stage);
    border-radius: var(--_radius) var(--_radius) 0 0;
  }

  h3 {
    display: flex;
    gap: var(--_space);
    align-items: center;
    margin: 0;
    font-size: var(--_font-size);
    font-weight: 620;
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Holds its hidden text, which else would reach out of the board and widen the page. */
  .count {
    position: relative;
    flex: none;
    padding: 0 0.5em;
    border-radius: 1em;
    background: var(--_surface-hover);
    color: var(--_text-muted);
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.6;
    font-variant-numeric: tabular-nums;
  }

  .count.over {
    background: var(--_negative-soft);
    color: var(--_negative);
  }

  .totals {
    display: flex;
    gap: var(--_space);
    justify-content: space-between;
  }

  .total {
    display: block;
    overflow: hidden;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .list {
    flex: 1;
    min-block-size: 0;
    padding: 2px var(--_space) var(--_space);
    overflow: hidden auto;
    outline: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-control) transparent;
  }

  ul {
    position: relative;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .none {
    margin: 0;
    padding: calc(var(--_space) * 3) var(--_space);
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    text-align: center;
  }

  .bar {
    display: block;
    inline-size: 55%;
    block-size: 0.875rem;
    margin-block: 0.5rem 0.625rem;
  }

  .bar + .bar {
    inline-size: 35%;
  }

  .top .bar {
    inline-size: 12rem;
  }

  .blank {
    block-size: 7.25rem;
    margin-block-end: var(--_space);
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
  }

  .sky,
  .ruler {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: 100%;
    block-size: 0;
    pointer-events: none;
  }

  .sky {
    z-index: 3;
  }

  .ruler {
    visibility: hidden;
    overflow: hidden;
  }

  @container (max-width: 40rem) {
    .board {
      scroll-snap-type: inline mandatory;
      scroll-padding-inline: 0;
    }

    .carrying .board {
      scroll-snap-type: none;
    }

    .column {
      flex: none;
      inline-size: min(20rem, calc(100cqi - 3rem));
      scroll-snap-align: start;
    }

    .top .as-of {
      display: none;
    }

    .refresh {
      margin-inline-start: auto;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .busy .refresh svg {
      animation: none;
    }
  }
`;
