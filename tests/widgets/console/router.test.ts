import { describe, expect, it } from 'vitest';
import { isSamePage, matchRoute, type Route } from '../../../widgets/console/shell/router.ts';
import { navigation, routes } from '../../../widgets/console/shell/routes.ts';

const pathOf = (path: string, search = '') => matchRoute(routes, path, search);

describe('matchRoute', () => {
  it('reads the variable parts and the query of an address', () => {
    const match = pathOf('/leads/01a2%2F3', '?tab=x&tab=y');
    expect(match.route?.tag).toBe('salespulse-console-lead-page');
    expect(match.params).toEqual({ id: '01a2/3' });
    expect(match.query.getAll('tab')).toEqual(['x', 'y']);
  });

  it('prefers the page of its own name over the page of a record', () => {
    expect(pathOf('/leads/new').route?.tag).toBe('salespulse-console-lead-new-page');
  });

  it('takes a trailing slash for the same page', () => {
    expect(pathOf('/users/').route).toBe(pathOf('/users').route);
  });

  it.each(['/nowhere', '/leads/1/2', '/leads/%E0%A4%A'])('finds no page at %s', (path) => {
    expect(pathOf(path).route).toBeNull();
  });
});

describe('isSamePage', () => {
  it('is true where only the query differs', () => {
    expect(isSamePage(pathOf('/leads'), pathOf('/leads', '?q=a'))).toBe(true);
    expect(isSamePage(pathOf('/leads/1'), pathOf('/leads/2'))).toBe(false);
    expect(isSamePage(null, pathOf('/leads'))).toBe(false);
  });
});

describe('navigation', () => {
  it('leads only to pages that exist, with the permission the page itself asks for', () => {
    for (const { path, permission } of navigation.flatMap(({ items }) => items)) {
      const route: Route | null = pathOf(path).route;
      expect(route?.permission, path).toBe(permission);
    }
  });
});
