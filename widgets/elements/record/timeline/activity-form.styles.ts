import { css } from 'lit';

export const formStyles = css`
  form {
    display: grid;
    gap: calc(var(--_space) * 1.5);
  }

  label,
  .field {
    display: grid;
    gap: 0.25rem;
    align-content: start;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  small {
    color: var(--_text-muted);
  }

  input,
  select {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    padding: 0.25rem var(--_space);
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: var(--_font-size);
  }

  .check {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    min-block-size: 1.75rem;
    color: var(--_text);
  }

  .check input {
    flex: none;
    inline-size: 1.125rem;
    min-block-size: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(10rem, 100%), 1fr));
    margin: 0;
    padding: 0;
    border: 0;
    font-size: var(--_font-size-small);
  }

  legend {
    padding: 0;
    color: var(--_text-muted);
  }

  [aria-invalid] {
    border-color: var(--_negative);
  }

  p {
    margin: 0;
  }

  .row {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(9rem, 100%), 1fr));
    gap: var(--_space);
  }

  .buttons {
    display: flex;
    gap: var(--_space);
    justify-content: end;
    margin: 0;
  }

  .problem {
    margin: 0;
    padding: var(--_space);
    border-radius: var(--_radius-small);
    background: var(--_negative-soft);
    color: var(--_negative);
  }
`;
