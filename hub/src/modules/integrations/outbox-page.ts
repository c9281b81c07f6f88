import type { OutboundMessageView } from "@weft/contracts";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { dbOn } from "../../platform/index.ts";
import { listMessages } from "../messages/index.ts";

const NEWEST = 50;
const REFRESH_SECONDS = 3;

/**
 * The outbox of the demo as a page at `/outbox`: what the hub sent, newest first, so that a visitor can read a sign-in code.
 * It shows everybody's messages to anybody: to be served in a demo only.
 */
export function serveOutbox(app: FastifyInstance, { pool, brandName }: { readonly pool: pg.Pool; readonly brandName: string }): void {
  app.get("/outbox", async (_request, reply) => {
    const { items } = await listMessages({ db: dbOn(pool) }, { recordId: null, to: null, limit: NEWEST });
    return reply
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(outboxPage(brandName, items));
  });
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The page as HTML. It asks again by itself, without a script. */
export function outboxPage(brandName: string, messages: readonly OutboundMessageView[]): string {
  const list = messages.length > 0 ? messages.map(entry).join("") : `<p class="empty">Nothing was sent yet. Sign-in codes appear here.</p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}"><title>Outbox · ${escape(brandName)}</title><style>${STYLE}</style></head>
<body><main><h1>Outbox</h1><p class="lead">What ${escape(brandName)} sent, newest first. In the demo nothing leaves this machine.</p>${list}</main></body></html>`;
}

function entry({ at, kind, to, subject, text, state }: OutboundMessageView): string {
  return `<article><header><b>${escape(subject || text.split("\n", 1)[0] || "")}</b>
<span>${kind === "email" ? "E-mail" : "Text message"} to ${escape(to || "(erased)")} · <time datetime="${at}">${at.slice(0, 19).replace("T", " ")} UTC</time>${state === "sent" ? "" : ` · ${state}`}</span></header>
<pre>${escape(text)}</pre></article>`;
}

const STYLE = `body{margin:0;background:#faf6ef;color:#2a2420;font:16px/1.5 system-ui,sans-serif}main{max-width:42rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0}.lead{margin:.25rem 0 1.5rem;color:#6b6058}article{background:#fff;border:1px solid #e6ddd0;border-radius:12px;padding:1rem;margin:0 0 1rem}
header b{display:block;font-size:1.1rem}header span{color:#6b6058;font-size:.875rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.75rem 0 0}`;
