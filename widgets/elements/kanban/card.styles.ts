import { css } from 'lit';

/** Cards, and the menu and toast that belong to them. */
export const cardStyles = css`
  .card,
  .gap {
    position: absolute;
    inset: 0 0 auto;
    block-size: calc(var(--_pitch) - var(--_space));
    border-radius: calc(var(--_radius) - 2px);
    list-style: none;
    contain: layout size style;
  }

  .ruler .card {
    position: static;
    block-size: auto;
    margin-block-end: var(--_space);
    contain: none;
  }

  .card {
    padding: 0.625rem 0.75rem;
    border: 1px solid var(--_border);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    font-size: var(--_font-size-small);
    cursor: grab;
    user-select: none;
    -webkit-touch-callout: none;
    -webkit-user-select: none;
  }

  .card.locked {
    cursor: pointer;
  }

  .card:hover {
    border-color: var(--_border-control);
  }

  .gap {
    border: 2px dashed var(--_accent);
    background: var(--_accent-soft);
  }

  .lifted {
    opacity: 0;
    pointer-events: none;
  }

  .held,
  .ghost {
    z-index: 2;
    border-color: var(--_accent);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-raised);
  }

  .held {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }

  .ghost {
    cursor: grabbing;
    rotate: 2deg;
  }

  .carrying {
    cursor: grabbing;
  }

  .carrying li:not(.lifted, .ghost) {
    transition: transform 0.16s ease;
  }

  .open {
    display: block;
    inline-size: 100%;
    min-block-size: 0;
    padding: 0 1.25rem 0 0;
    border: 0;
    overflow: hidden;
    background: none;
    font-size: 0.875rem;
    font-weight: 600;
    line-height: 1.4;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: inherit;
  }

  button.open:hover:not(:disabled) {
    background: none;
  }

  .open:focus-visible {
    outline: none;
  }

  .open::after {
    position: absolute;
    inset: -1px;
    border-radius: calc(var(--_radius) - 2px);
    content: '';
  }

  /* Not by :has(): every card that scrolls in or out would be looked through for it. */
  .open:focus-visible::after {
    box-shadow: 0 0 0 2px var(--_focus);
  }

  .subtitle {
    block-size: 1.45em;
    overflow: hidden;
    color: var(--_text-muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    block-size: 1.625rem;
    margin-block-start: 0.25rem;
  }

  .value {
    font-size: 0.9375rem;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
  }

  .owner {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 1.625rem;
    block-size: 1.625rem;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_hue) 16%, var(--_surface));
    color: var(--_text);
    font-size: 0.6875rem;
    font-weight: 650;
    box-shadow: inset 0 0 0 1.5px var(--_hue);
  }

  .facts {
    display: flex;
    gap: 0.375rem;
    block-size: 1.375rem;
    margin-block-start: 0.375rem;
    overflow: hidden;
  }

  .fact {
    flex: none;
    padding: 0 0.4375rem;
    border-radius: 0.375rem;
    background: var(--_surface-hover);
    color: var(--_text-muted);
    font-size: 0.75rem;
    font-weight: 550;
    line-height: 1.375rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .fact.high {
    background: var(--_positive-soft);
    color: var(--_positive);
  }

  .fact.middle {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .fact.overdue {
    background: var(--_negative-soft);
    color: var(--_negative);
  }

  .more,
  .lock {
    position: absolute;
    inset: 0.25rem 0.25rem auto auto;
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text-muted);
  }

  .more {
    z-index: 1;
    opacity: 0;
  }

  .more::before {
    inline-size: 3px;
    block-size: 3px;
    border-radius: 50%;
    background: currentcolor;
    box-shadow: 0 -5px currentcolor, 0 5px currentcolor;
    content: '';
  }

  .card:hover .more,
  .card:focus-within .more,
  .more[aria-expanded='true'] {
    opacity: 1;
  }

  .ghost .more,
  .held .more {
    opacity: 0;
  }

  @media (hover: none) {
    .more {
      opacity: 1;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .carrying li:not(.lifted, .ghost) {
      transition: none;
    }

    .ghost {
      rotate: none;
    }
  }
`;
