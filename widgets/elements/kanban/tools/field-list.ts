import type { PipelineEntity } from '../../../../backend/contracts/pipelines.ts';
import type { ApiClient } from '../../../base/api.ts';
import { cardFields } from '../view/board-view.ts';

const shared = ['source', 'segment', 'region', 'productCategory', 'campaign', 'tags', 'createdAt', 'updatedAt'];
const further: Readonly<Record<PipelineEntity, readonly string[]>> = {
  lead: [...shared, 'email', 'phone'],
  opportunity: [...shared, 'nextStep', 'probability'],
};

/** A field that a card can show. `label` is set for the company's own fields. */
export interface FieldChoice {
  name: string;
  label?: string;
}

/** The fields that cards can show; the company's own ones once they are loaded. */
export class FieldList {
  readonly #changed: () => void;
  #entity: PipelineEntity | undefined;
  #custom: FieldChoice[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Loads the company's own fields, once for an entity. */
  async load(api: ApiClient, entity: PipelineEntity): Promise<void> {
    if (this.#entity === entity) return;
    this.#entity = entity;
    this.#custom = [];
    try {
      const { items } = await api.get<{ items: { key: string; label: string }[] }>('fields', { entity });
      this.#custom = items.map(({ key, label }) => ({ name: `custom.${key}`, label }));
    } catch {
      this.#entity = undefined; // asked for again with the next look
    }
    this.#changed();
  }

  choices(entity: PipelineEntity): FieldChoice[] {
    const own = cardFields.filter((name) => name !== 'due' || entity === 'opportunity');
    return [...[...own, ...further[entity]].map((name) => ({ name })), ...this.#custom];
  }

  label(name: string): string | undefined {
    return this.#custom.find((choice) => choice.name === name)?.label;
  }
}
