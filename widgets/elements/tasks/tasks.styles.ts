import { css } from 'lit';

export const tasksStyles = css`
  :host {
    container-type: inline-size;
  }

  .add {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: end;
    margin-block-end: calc(var(--_space) * 2);
  }

  .add label {
    display: grid;
    gap: 0.25rem;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .add .wide {
    flex: 1 1 14rem;
  }

  input:not([type='checkbox']),
  select {
    min-block-size: 2.25rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    inline-size: 100%;
  }

  .part {
    margin-block-end: calc(var(--_space) * 2.5);
  }

  h2 {
    display: flex;
    gap: var(--_space);
    align-items: center;
    margin: 0 0 var(--_space);
    font-size: 1rem;
  }

  .overdue > h2 {
    color: var(--_negative);
  }

  .count {
    padding: 0 0.5rem;
    border-radius: 1rem;
    background: var(--_surface-hover);
    color: var(--_text);
    font-size: var(--_font-size-small);
    font-weight: 600;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow: hidden;
  }

  .task {
    display: flex;
    gap: calc(var(--_space) * 1.5);
    align-items: center;
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-inline-start: 3px solid transparent;
  }

  .task + .task {
    border-block-start: 1px solid var(--_border);
  }

  .task.overdue {
    border-inline-start-color: var(--_negative);
  }

  .task[aria-busy='true'] {
    opacity: 0.7;
  }

  input[type='checkbox'] {
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .text {
    flex: 1;
    min-inline-size: 0;
  }

  .title,
  .record {
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .title {
    font-weight: 600;
  }

  .title:hover:not(:disabled),
  .record:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
  }

  .is-done .title {
    color: var(--_text-muted);
    text-decoration: line-through;
  }

  .record {
    color: var(--_accent);
    font-size: inherit;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 1.5);
    align-items: center;
    margin: 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .overdue .due {
    padding: 0 0.375rem;
    border-radius: 0.75rem;
    background: var(--_negative-soft);
    color: var(--_negative);
    font-weight: 600;
  }

  .priority.high {
    color: var(--_negative);
    font-weight: 600;
  }

  .tools {
    display: flex;
    flex: none;
    gap: var(--_space);
    align-items: center;
  }

  .tools select {
    inline-size: auto;
  }

  .small,
  .tools select {
    min-block-size: 2rem;
    padding: 0.125rem 0.5rem;
    font-size: var(--_font-size-small);
  }

  .problem {
    margin: 0 0 var(--_space);
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_negative-soft);
    color: var(--_negative);
  }

  .more {
    margin: var(--_space) 0 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .row {
    block-size: 3.25rem;
    margin-block-end: var(--_space);
  }

  @container (max-width: 32rem) {
    .task {
      flex-wrap: wrap;
    }

    .text {
      flex-basis: calc(100% - 3.5rem);
    }

    .tools {
      margin-inline-start: calc(1.5rem + var(--_space) * 1.5);
    }

    .add label:not(.wide) {
      flex: 1 1 8rem;
    }

    .add .wide {
      flex-basis: 100%;
    }
  }
`;
