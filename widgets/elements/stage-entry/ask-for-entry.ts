import type { StageEntry } from '../../../backend/contracts/moves.ts';
import type { ApiClient } from '../../base/api.ts';
import { type EntryQuestion, SalesPulseStageEntry } from './stage-entry.ts';

const TAG = 'salespulse-stage-entry';

/**
 * Asks for what a stage requires, in a dialog over the page. Answers what to send along with the move when it is made
 * again; null when the person gives up. `root`: where the dialog is put, such as the shadow root of the asking element.
 */
export function askForEntry(
  root: ParentNode & Node,
  api: ApiClient,
  question: EntryQuestion,
): Promise<StageEntry | null> {
  if (!customElements.get(TAG)) customElements.define(TAG, SalesPulseStageEntry);
  const dialog = document.createElement(TAG) as SalesPulseStageEntry;
  dialog.client = api;
  dialog.question = question;
  dialog.locale = question.locale;
  dialog.theme = question.theme;
  return new Promise((resolve) => {
    dialog.settle = (entry) => {
      dialog.remove();
      resolve(entry);
    };
    root.append(dialog);
  });
}
