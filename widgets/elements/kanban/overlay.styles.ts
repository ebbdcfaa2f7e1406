import { css } from 'lit';

/** What lies over the board for a moment: the menu of a card and the toast. */
export const overlayStyles = css`
  .menu {
    position: absolute;
    inset: 0 auto auto 0;
    z-index: 5;
    display: grid;
    min-inline-size: 13rem;
    max-inline-size: 100%;
    padding: 0.375rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: auto;
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-raised);
  }

  .menu-title {
    padding: 0.25rem 0.625rem 0.375rem;
    color: var(--_text-muted);
    font-size: 0.75rem;
    font-weight: 600;
  }

  .menu button {
    display: flex;
    gap: 0.625rem;
    align-items: center;
    border: 0;
    background: none;
    text-align: start;
  }

  .menu button:focus-visible {
    outline-offset: -2px;
  }

  .menu button[aria-disabled='true'] {
    color: var(--_text-muted);
    cursor: default;
  }

  .dot {
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--_accent);
  }

  .stage-won .dot {
    background: var(--_positive);
  }

  .stage-lost .dot {
    background: var(--_border-control);
  }

  .rack {
    position: absolute;
    inset: auto 0 0.75rem;
    z-index: 4;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }

  .toast {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    max-inline-size: min(34rem, calc(100% - 1rem));
    padding: 0.375rem 0.375rem 0.375rem 0.875rem;
    border-radius: var(--_radius);
    background: light-dark(#16202c, #eef2f7);
    color: light-dark(#ffffff, #16202c);
    box-shadow: var(--_shadow-raised);
    font-size: var(--_font-size-small);
    pointer-events: auto;
    animation: rise 0.18s ease-out;
  }

  .toast.problem {
    border-inline-start: 4px solid light-dark(#ff8f78, #b53a24);
  }

  .toast span {
    overflow-wrap: anywhere;
  }

  .toast button {
    flex: none;
    border: 0;
    background: none;
    color: inherit;
  }

  .toast button:hover:not(:disabled) {
    background: light-dark(rgb(255 255 255 / 14%), rgb(0 0 0 / 10%));
  }

  .toast .act {
    color: light-dark(#9cc4ff, #174a96);
    font-weight: 650;
  }

  .toast .close {
    padding-inline: 0.625rem;
    font-size: 1.125rem;
    line-height: 1;
  }

  .toast :focus-visible {
    outline-color: light-dark(#9cc4ff, #174a96);
    outline-offset: -2px;
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.5rem;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation: none;
    }
  }
`;
