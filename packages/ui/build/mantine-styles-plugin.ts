import type { Plugin } from "vite";

const STYLE_NAMES = /\/@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;

/**
 * Brings the style sheet of each Mantine component that a build really uses, in its cascade layer. Mantine keeps the class names of
 * a component in `<Name>.module.mjs`: hung onto that module, a sheet comes and goes with its component by tree shaking.
 */
export function mantineStylesPlugin(): Plugin {
  return {
    name: "weft-mantine-styles",
    transform(code, id) {
      const name = STYLE_NAMES.exec(id)?.[1];
      if (!name) return undefined;
      return { code: `import "@mantine/core/styles/${name}.layer.css";\n${code}`, map: null };
    },
  };
}
