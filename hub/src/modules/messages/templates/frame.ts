import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";

/** Parts of a mail: paragraphs, one thing set large (a code), a button that leads somewhere, and a table of lines. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string }
  | { readonly kind: "large"; readonly text: string }
  | { readonly kind: "rows"; readonly rows: readonly (readonly [string, string])[] };

export type Brand = { readonly name: string; readonly accent: string };

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Renders the parts twice: as plain text, and as simple HTML that every mail program shows alike. */
export function renderMail(brand: Brand, locale: Locale, subject: string, parts: readonly Part[]): Rendered {
  const text = parts
    .map((part) => {
      if (part.kind === "rows") return part.rows.map(([left, right]) => `${left}  ${right}`).join("\n");
      return part.kind === "link" ? `${part.text}: ${part.url}` : part.text;
    })
    .join("\n\n");
  const body = parts.map(partHtml(brand)).join("");
  const html = `<!doctype html><html lang="${locale}"><body style="margin:0;background:#faf6ef;color:#2a2420;font:16px/1.5 -apple-system,Segoe UI,Helvetica,Arial,sans-serif"><div style="max-width:34rem;margin:0 auto;padding:2rem 1.5rem"><p style="font-weight:650;color:${brand.accent};margin:0 0 1.5rem">${escape(brand.name)}</p>${body}</div></body></html>`;
  return { subject, text: `${text}\n\n${brand.name}\n`, html };
}

const partHtml =
  (brand: Brand) =>
  (part: Part): string => {
    if (part.kind === "text") return `<p style="margin:0 0 1rem">${escape(part.text).replaceAll("\n", "<br>")}</p>`;
    if (part.kind === "link")
      return `<p style="margin:0 0 1rem"><a href="${escape(part.url)}" style="display:inline-block;padding:.75rem 1.25rem;border-radius:.5rem;background:${brand.accent};color:#fff;text-decoration:none">${escape(part.text)}</a></p>`;
    if (part.kind === "large")
      return `<p style="margin:0 0 1rem;font-size:2rem;letter-spacing:.15em;font-weight:700;color:${brand.accent}">${escape(part.text)}</p>`;
    const rows = part.rows
      .map(
        ([left, right]) =>
          `<tr><td style="padding:.25rem 0">${escape(left)}</td><td style="padding:.25rem 0;text-align:right;white-space:nowrap">${escape(right)}</td></tr>`,
      )
      .join("");
    return `<table style="width:100%;border-collapse:collapse;margin:0 0 1rem">${rows}</table>`;
  };
