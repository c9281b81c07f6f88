import { BOUNDARY_RULES } from "./tooling/boundary-rules.ts";

/** Paths begin at the folder it is run in: the root of the repository, or tooling/planted. */
export default {
  forbidden: BOUNDARY_RULES,
  options: {
    // Imports of types count: a wall is about what one may know, not only about what runs.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|tooling/planted)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "types", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
