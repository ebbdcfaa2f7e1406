import { css } from 'lit';

/** Buttons, focus rings, skeletons and state panels, alike in all elements. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  button {
    min-block-size: 2.25rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }

  button:hover:not(:disabled) {
    background: var(--_surface-hover);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.primary:hover:not(:disabled) {
    border-color: var(--_accent-strong);
    background: var(--_accent-strong);
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .skeleton {
    border-radius: var(--_radius-small);
    background: var(--_surface-hover);
    animation: pulse 1.4s ease-in-out infinite alternate;
  }

  @keyframes pulse {
    to {
      opacity: 0.45;
    }
  }

  .state {
    display: grid;
    gap: var(--_space);
    justify-items: center;
    padding: calc(var(--_space) * 4) calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    text-align: center;
  }

  .state p {
    max-inline-size: 42ch;
    margin: 0;
    color: var(--_text-muted);
  }

  .state strong {
    color: var(--_text);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: center;
    justify-content: space-between;
    margin-block-end: var(--_space);
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: var(--_font-size-small);
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
`;
