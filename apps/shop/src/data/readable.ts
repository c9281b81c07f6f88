/**
 * Everything that is held of somebody, as a page to read and print: each part under its own name, each value beside its own. What is empty
 * is left out, names are those of the file, so that both say the same.
 */
export function readablePage(title: string, locale: string, held: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(held).flatMap(([name, value]) => {
    const body = readable(value);
    return body === "" ? [] : [`<h2>${escaped(name)}</h2>${body}`];
  });
  return `<!doctype html><html lang="${escaped(locale)}"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${parts.join("")}</body></html>`;
}

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.25rem 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}ul{padding-left:1.2rem}li{margin:.4rem 0}";

function readable(value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) {
    const items = value.map(readable).filter((text) => text !== "");
    return items.length === 0 ? "" : `<ul>${items.map((text) => `<li>${text}</li>`).join("")}</ul>`;
  }
  if (typeof value === "object") {
    const rows = Object.entries(value).flatMap(([name, each]) => {
      const text = readable(each);
      return text === "" ? [] : [`<dt>${escaped(name)}</dt><dd>${text}</dd>`];
    });
    return rows.length === 0 ? "" : `<dl>${rows.join("")}</dl>`;
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? escaped(String(value)) : "";
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
