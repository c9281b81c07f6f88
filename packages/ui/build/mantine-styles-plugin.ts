import type { Plugin } from "vite";

const CORE_STYLES = /\/@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;
/** Smaller packages bring one sheet for all they have. */
const PACKAGE_STYLES = /\/@mantine\/(spotlight)\/esm\/.*\.module\.mjs$/;

/**
 * Brings the style sheet of each Mantine component that a build really uses, in its cascade layer. Mantine keeps the class names of
 * a component in `<Name>.module.mjs`: hung onto that module, a sheet comes and goes with its component by tree shaking.
 */
export function mantineStylesPlugin(): Plugin {
  return {
    name: "weft-mantine-styles",
    transform(code, id) {
      const sheet = sheetOf(id);
      return sheet === undefined ? undefined : { code: `import "${sheet}";\n${code}`, map: null };
    },
  };
}

function sheetOf(id: string): string | undefined {
  const component = CORE_STYLES.exec(id)?.[1];
  if (component !== undefined) return `@mantine/core/styles/${component}.layer.css`;
  const name = PACKAGE_STYLES.exec(id)?.[1];
  return name === undefined ? undefined : `@mantine/${name}/styles.layer.css`;
}
