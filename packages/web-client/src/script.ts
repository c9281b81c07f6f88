// What `<script src="…/weft.js" data-key="…">` runs: makes `window.weft`, and does what the page has asked for before it came.
import { startInBrowser } from "./index.ts";

type Call = readonly [method: string, ...given: unknown[]];

const script = document.currentScript as HTMLScriptElement | null; // not an SVG's: it has a source
const host = script?.dataset["host"] ?? new URL(script?.src ?? location.href).origin;
const early = (window as { weft?: unknown }).weft; // the page's own array, if it made one
const client = startInBrowser(host, script?.dataset["key"] ?? "");

function push(...calls: Call[]): void {
  for (const [method, ...given] of calls) {
    const found = (client as unknown as Readonly<Record<string, ((...given: unknown[]) => unknown) | undefined>>)[method]; // by a name that the page wrote
    if (found) found(...given);
    else console.warn(`weft.js has no ${method}`);
  }
}

Object.assign(window, { weft: { ...client, push } });
if (Array.isArray(early)) push(...(early as Call[])); // as the documentation says
