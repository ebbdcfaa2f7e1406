import { css } from 'lit';

export const stageEntryStyles = css`
  dialog {
    box-sizing: border-box;
    width: min(30rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 1.25rem;
    overflow: auto;
    color: var(--_text);
    font: var(--_font-size) / 1.45 var(--_font);
    background: var(--_surface-raised);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow-raised);
  }
  dialog::backdrop {
    background: rgb(8 14 22 / 55%);
  }
  h2 {
    margin: 0 0 1rem;
    font-size: 1.125rem;
  }
  form {
    display: grid;
    gap: 0.875rem;
  }
  .field,
  fieldset {
    display: grid;
    gap: 0.25rem;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .field > span,
  legend {
    padding: 0;
    font-weight: 600;
  }
  .check {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    min-height: 1.75rem;
  }
  input:not([type='checkbox']),
  select,
  textarea {
    box-sizing: border-box;
    width: 100%;
    min-height: 2.5rem;
    padding: 0.375rem 0.625rem;
    color: inherit;
    font: inherit;
    background: var(--_surface);
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
  }
  small {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }
  .problem {
    margin: 0;
    padding: 0.5rem 0.75rem;
    color: var(--_negative);
    background: var(--_negative-soft);
    border-radius: var(--_radius-small);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    justify-content: flex-end;
  }
  button {
    min-height: 2.5rem;
    padding: 0.375rem 0.875rem;
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    background: var(--_surface);
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    cursor: pointer;
  }
  button[type='submit'] {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
`;
