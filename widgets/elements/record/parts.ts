import { SalesPulseRichEditor } from './rich-text/rich-editor.ts';
import { SalesPulseActivityForm } from './timeline/activity-form.ts';
import { SalesPulseRecordTimeline } from './timeline/timeline.ts';

/** Registers what the panel is made of, which the console's record pages use by itself. */
export function defineParts(): void {
  const parts = {
    'salespulse-rich-editor': SalesPulseRichEditor,
    'salespulse-activity-form': SalesPulseActivityForm,
    'salespulse-record-timeline': SalesPulseRecordTimeline,
  };
  for (const [tag, part] of Object.entries(parts)) {
    if (!customElements.get(tag)) customElements.define(tag, part);
  }
}
