import type { ComplexAttributeConverter, PropertyDeclaration } from 'lit';
import type { CustomDimension } from '../../backend/contracts/analytics.ts';

/** `a, b` or, where a value has a comma in it, `["a, b"]`. Nothing in it: undefined. */
export function parseList(text: string | null): string[] | undefined {
  if (!text?.trim()) return undefined;
  if (text.trim().startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed.map(String);
    } catch {
      // Not JSON after all: a plain value that starts with a bracket.
    }
  }
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length ? items : undefined;
}

export const listConverter: ComplexAttributeConverter<string[] | undefined> = {
  fromAttribute: parseList,
  toAttribute: (value) => (value?.length ? JSON.stringify(value) : null),
};

export const listProperty: PropertyDeclaration<string[] | undefined> = { converter: listConverter };

export const filterNames = ['category', 'product', 'region', 'team', 'owner', 'source', 'segment'] as const;
export type FilterName = (typeof filterNames)[number];
/** By attribute, and by custom fields as `custom.lead.KEY`. */
export type Filters = Partial<Record<FilterName | CustomDimension, string[]>>;

/** Lit properties for the filter attributes of analytics elements; `filters` holds those that have none of their own. */
export const filterProperties: Record<FilterName | 'filters', PropertyDeclaration> = {
  ...(Object.fromEntries(filterNames.map((name) => [name, listProperty])) as Record<FilterName, PropertyDeclaration>),
  filters: { type: Object },
};

/** The filters that are set on an element; an attribute goes before the same filter in `filters`. */
export function filtersOf(
  element: { [name in FilterName]?: string[] | undefined } & { filters?: Filters | undefined },
): Filters {
  const filters: Filters = { ...element.filters };
  for (const name of filterNames) {
    const value = element[name];
    if (value?.length) filters[name] = value;
  }
  return filters;
}
