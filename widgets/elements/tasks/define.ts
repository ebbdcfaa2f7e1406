import { SalesPulseTasks } from './tasks.ts';

if (!customElements.get('salespulse-tasks')) customElements.define('salespulse-tasks', SalesPulseTasks);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-tasks': SalesPulseTasks;
  }
}
