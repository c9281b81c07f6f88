import type { FastifyInstance } from "fastify";
import type { Printed } from "../modules/till/domain/devices/index.ts";
import type { Bridge } from "./bridge.ts";

export type PageParts = {
  readonly prefix: string;
  /** What simulated printers have on their papers, by the name of the printer; absent beside real ones. */
  readonly papers?: () => readonly { readonly printer: string; readonly papers: readonly Printed[]; readonly kicks: number }[];
  /** Who may see the code: whoever stands before this machine. */
  readonly isNear: (address: string) => boolean;
};

const REFRESH_SECONDS = 2;

/** The bridge's own page: the code that pairs a till, its devices, and the papers of simulated printers, the newest first. */
export function servePage(app: FastifyInstance, bridge: Bridge, { prefix, papers, isNear }: PageParts): void {
  app.get(`${prefix}/`, async (request, reply) => {
    if (!isNear(request.ip))
      return reply.code(403).type("text/plain; charset=utf-8").send("Open this page on the machine that the bridge runs on.");
    const tills = await bridge.pairings.all();
    return reply
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(
        page(
          bridge,
          tills.map(({ registerName }) => registerName),
          papers?.(),
        ),
      );
  });
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function page(bridge: Bridge, tills: readonly string[], papers: ReturnType<NonNullable<PageParts["papers"]>> | undefined): string {
  const devices = bridge.devices
    .map(({ kind, name, address }) => `<li>${escape(name)} <span>${kind}, ${escape(address)}</span></li>`)
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}"><title>${escape(bridge.name)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(bridge.name)}</h1><p>To pair a till, type this code at its settings: <b class="code">${bridge.pairings.code()}</b></p>
<p>Paired: ${tills.length === 0 ? "no till yet" : escape(tills.join(", "))}</p><ul>${devices}</ul>${(papers ?? []).map(printerPapers).join("")}</main></body></html>`;
}

function printerPapers({
  printer,
  papers,
  kicks,
}: {
  readonly printer: string;
  readonly papers: readonly Printed[];
  readonly kicks: number;
}): string {
  const list = papers.toReversed().map(({ lines }) => `<article>${lines.map(lineMarkup).join("\n")}</article>`);
  const drawer = `<p class="lead">The drawer was opened ${kicks} ${kicks === 1 ? "time" : "times"}.</p>`;
  return `<h2>${escape(printer)}</h2>${drawer}${list.length === 0 ? "<p>Nothing was printed yet.</p>" : list.join("")}`;
}

function lineMarkup(line: Printed["lines"][number]): string {
  if (line.kind === "cut") return "<hr>";
  if (line.kind === "code") return `<div class="qr">QR ${escape(line.text)}</div>`;
  // Twice as wide: it was laid out for half of the columns, its first spaces are of the normal size.
  const text = line.isBig ? `<span class="big">${escape(line.text.trim())}</span>` : escape(line.text);
  return line.isBold ? `<b>${text}</b>` : text;
}

const STYLE = `body{margin:0;background:#faf6ef;color:#2a2420;font:16px/1.5 system-ui,sans-serif}main{max-width:34rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0}li span,.lead{color:#6b6058}.code{font-size:1.5rem;letter-spacing:.15em}
article{background:#fff;border:1px solid #e6ddd0;border-radius:4px;padding:1rem;width:fit-content;max-width:calc(100% - 2rem);margin:0 0 1.5rem;font:14px/1.35 ui-monospace,monospace;white-space:pre;overflow-x:auto}
hr{border:0;border-top:1px dashed #6b6058}.qr{border:1px solid #2a2420;padding:.5rem;white-space:normal;overflow-wrap:anywhere}.big{display:block;text-align:center;font-size:1.5em}`;
