import { css } from 'lit';

export const dashboardStyles = css`
  :host {
    container-type: inline-size;
  }

  .dashboard {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 2);
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(12, minmax(0, 1fr));
    gap: calc(var(--_space) * 2);
    align-items: start;
  }

  .panel {
    min-inline-size: 0;
  }

  h2 {
    margin: 0 0 var(--_space);
    font-size: 1rem;
  }

  salespulse-export-menu {
    margin-inline-start: auto;
  }

  .pipeline,
  .tasks {
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  /* Lists of records and tasks can be long: they scroll in themselves, so that the rest stays near. */
  .tasks > salespulse-tasks {
    display: block;
    max-block-size: calc(var(--salespulse-chart-height) + 8rem);
    overflow-y: auto;
  }

  .width-3 {
    grid-column: span 3;
  }

  .width-4 {
    grid-column: span 4;
  }

  .width-6 {
    grid-column: span 6;
  }

  .width-8 {
    grid-column: span 8;
  }

  .width-12 {
    grid-column: span 12;
  }

  .low {
    --salespulse-chart-height: 12rem;
  }

  .medium {
    --salespulse-chart-height: 18rem;
  }

  .tall {
    --salespulse-chart-height: 28rem;
  }

  .waiting {
    min-block-size: 10rem;
  }

  @container (width < 72rem) {
    .width-3,
    .width-4 {
      grid-column: span 6;
    }

    .width-8 {
      grid-column: span 12;
    }
  }

  @container (width < 48rem) {
    .panel {
      grid-column: 1 / -1;
    }
  }
`;
