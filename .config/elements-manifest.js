// What `npm run elements:manifest` reads: the public elements, for editors and the docs.

const isPublic = ({ name, privacy }) => !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected';

/** Leaves what a user of the elements sees: their classes and tags, not the code behind them. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest: manifest }) {
    for (const module of manifest.modules) {
      module.declarations = (module.declarations ?? []).filter(({ customElement }) => customElement);
      for (const declaration of module.declarations) declaration.members = (declaration.members ?? []).filter(isPublic);
      const names = new Set(module.declarations.map(({ name }) => name));
      module.exports = (module.exports ?? []).filter(
        ({ kind, name }) => kind === 'custom-element-definition' || names.has(name),
      );
    }
    manifest.modules = manifest.modules
      .filter(({ exports }) => exports.length > 0)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  },
};

export default {
  globs: ['widgets/base/element.ts', 'widgets/elements/*/*.ts'],
  outdir: 'docs/elements',
  litelement: true,
  plugins: [publicOnly],
};
