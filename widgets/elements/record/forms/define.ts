import { SalesPulseConvertForm } from './convert-form.ts';
import { SalesPulseTaskForm } from './task-form.ts';

if (!customElements.get('salespulse-task-form')) customElements.define('salespulse-task-form', SalesPulseTaskForm);
if (!customElements.get('salespulse-convert-form'))
  customElements.define('salespulse-convert-form', SalesPulseConvertForm);
