import type { IForbiddenRuleType } from "dependency-cruiser";
import { MODULES } from "../hub/src/modules.ts";

const MODULE = "^hub/src/modules/([^/]+)/";
/** The till's fiscal journal is a domain with a name of its own, so that it can be lifted out whole. */
const DOMAIN = "/(domain|fiscal)(/|\\.ts$)";
const TEST = "\\.test\\.tsx?$";

/**
 * One rule per level: a module calls modules on lower levels only. Facts are the way up, so anyone may import an `events.ts`.
 * A level without anything beside or above it has nothing to forbid and gets no rule.
 */
export function levelRules(modules: readonly { name: string; level: number }[] = MODULES): IForbiddenRuleType[] {
  const levels = [...new Set(modules.map(({ level }) => level))].sort((a, b) => a - b);
  return levels.flatMap((level) => {
    const mine = modules.filter((module) => module.level === level).map(({ name }) => name);
    const forbidden = modules.filter((module) => module.level >= level).map(({ name }) => name);
    if (forbidden.length < 2) return [];
    return {
      name: `level-${level}-calls-only-lower`,
      comment: "A module calls modules on lower levels; upward it speaks in events.",
      severity: "error",
      from: { path: `^hub/src/modules/(${mine.join("|")})/` },
      to: { path: `^hub/src/modules/(${forbidden.join("|")})/`, pathNot: ["^hub/src/modules/$1/", "/events\\.ts$"] },
    };
  });
}

/** Everything else about who may import whom. Each rule has a planted violation under tooling/planted. */
export const WALL_RULES: IForbiddenRuleType[] = [
  {
    name: "through-the-index",
    comment: "Another module is entered through its index.ts or its events.ts; a domain may enter a domain.",
    severity: "error",
    from: { path: MODULE, pathNot: DOMAIN },
    to: { path: MODULE, pathNot: ["^hub/src/modules/$1/", "/(index|events)\\.ts$"] },
  },
  {
    name: "a-domain-stands-on-domains",
    comment: "Pure rules run in the browser too: a domain imports the kernel and lower modules' domains, nothing else of the hub.",
    severity: "error",
    from: { path: `^hub/src/modules/[^/]+${DOMAIN}`, pathNot: TEST },
    to: { path: "^(hub|apps|packages/ui)/", pathNot: `^hub/src/modules/[^/]+${DOMAIN}` },
  },
  {
    name: "the-fiscal-journal-stands-alone",
    comment: "Whoever checks a journal should not need Weft for it: it stands on the kernel and on nothing else of ours.",
    severity: "error",
    from: { path: "^hub/src/modules/till/fiscal/", pathNot: TEST },
    to: { path: "^(hub|apps|packages)/", pathNot: ["^hub/src/modules/till/fiscal/", "^packages/kernel/"] },
  },
  {
    name: "events-stand-on-the-kernel",
    comment: "Anyone may listen to a fact without dragging its module along.",
    severity: "error",
    from: { path: "^hub/src/modules/[^/]+/events\\.ts$" },
    to: { path: "^(hub|apps|packages)/", pathNot: "^packages/kernel/" },
  },
  {
    name: "platform-knows-no-module",
    comment: "The platform carries modules it has never heard of; main.ts hands it what it needs.",
    severity: "error",
    from: { path: "^hub/src/platform/", pathNot: TEST },
    to: { path: "^hub/src/(modules|views)/|^hub/src/main\\.ts$" },
  },
  {
    name: "modules-are-wired-in-main",
    comment: "A module does not reach for the place that wires it.",
    severity: "error",
    from: { path: "^hub/src/(modules|views)/", pathNot: TEST },
    to: { path: "^hub/src/[^/]+\\.ts$" },
  },
  {
    name: "nobody-imports-a-view",
    comment: "A view answers a screen and is wired in main.ts; what others need of it belongs to a module.",
    severity: "error",
    from: { path: "^(hub/src/(?!views/|[^/]+\\.ts$)|apps/|packages/|demo/)" },
    to: { path: "^hub/src/views/" },
  },
  {
    name: "a-view-stands-alone",
    comment: "Views do not build on each other.",
    severity: "error",
    from: { path: "^hub/src/views/([^/]+)/" },
    to: { path: "^hub/src/views/[^/]+/", pathNot: "^hub/src/views/$1/" },
  },
  {
    name: "views-enter-by-the-door",
    comment: "A view reads what a module offers: its index.ts, domain or events, never its commands or inner rooms.",
    severity: "error",
    from: { path: "^hub/src/views/", pathNot: TEST },
    to: { path: MODULE, pathNot: ["/(index|events)\\.ts$", DOMAIN] },
  },
  {
    name: "apps-import-no-server-code",
    comment: "An app may use packages and the modules' domains. Everything else of the hub it asks over HTTP.",
    severity: "error",
    from: { path: "^apps/" },
    to: { path: "^(hub|demo|e2e|bench|scripts)/", pathNot: `^hub/src/modules/[^/]+${DOMAIN}` },
  },
  {
    name: "app-never-imports-app",
    comment: "What two apps share is in packages/ui.",
    severity: "error",
    from: { path: "^apps/([^/]+)/" },
    to: { path: "^apps/", pathNot: "^apps/$1/" },
  },
  {
    name: "packages-know-nobody-above",
    comment: "Packages are what the hub and the apps stand on.",
    severity: "error",
    from: { path: "^packages/" },
    to: { path: "^(hub|apps|demo|e2e|bench|scripts)/" },
  },
  {
    name: "the-kernel-stands-alone",
    comment: "The kernel is below everything, contracts are above the kernel only.",
    severity: "error",
    from: { path: "^packages/kernel/" },
    to: { path: "^packages/(?!kernel/)" },
  },
  {
    name: "contracts-stand-on-the-kernel",
    comment: "Contracts are shared by hub and apps, so they know neither screens nor server.",
    severity: "error",
    from: { path: "^packages/contracts/" },
    to: { path: "^packages/(?!contracts/|kernel/)" },
  },
  {
    name: "outsiders-come-over-http",
    comment:
      "Stories, measurements and demo data use the hub as everyone does; the demo's loader is wired in main.ts. A pure domain is measured by itself.",
    severity: "error",
    from: { path: "^(e2e|bench|demo)/" },
    to: { path: "^hub/", pathNot: `^hub/src/modules/[^/]+${DOMAIN}` },
  },
  {
    name: "no-test-code-in-the-product",
    comment: "What runs at a retailer's contains no test helpers.",
    severity: "error",
    from: { path: "^(hub/src|apps|packages)/", pathNot: TEST },
    to: { path: ["^hub/test/", TEST] },
  },
  {
    name: "shop-till-and-board-carry-no-component-library",
    comment: "The shop's first view stays under 120 KB of script and the till's shell under 350; only the office stands on Mantine.",
    severity: "error",
    from: { path: "^(apps/(shop|till|board)|packages/ui/src/shop)/" },
    to: { path: ["^packages/ui/src/kit/mantine-root", "(^|/)node_modules/@mantine/", "^@mantine/"] },
  },
  {
    name: "browsers-carry-no-schemas",
    comment: "Screens and domains use the typed client and the contracts' types; a schema at run time would bring zod into every bundle.",
    severity: "error",
    from: { path: ["^(apps|packages/ui)/", `^hub/src/modules/[^/]+${DOMAIN}`], pathNot: TEST },
    to: { path: "^packages/contracts/src/(?!(client|paths|types)\\.ts$)", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "no-cycle",
    comment: "Two files that need each other at run time are one file, or miss a third.",
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } }, // a lazy screen is there only after its route
  },
];

export const BOUNDARY_RULES: IForbiddenRuleType[] = [...levelRules(), ...WALL_RULES];
