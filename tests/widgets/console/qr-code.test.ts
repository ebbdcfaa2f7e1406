import { describe, expect, it } from 'vitest';
import { darkModules } from '../../../widgets/console/account/qr-code.ts';

describe('darkModules', () => {
  it('draws neighbours of a row as one bar and leaves light ones out', () => {
    expect(darkModules(['0110', '0000', '1001'])).toBe('M1 0h2v1h-2zM0 2h1v1h-1zM3 2h1v1h-1z');
  });
});
