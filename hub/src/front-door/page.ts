import type { Locale } from "@weft/contracts";
import { FRONT_DOOR } from "./texts.ts";

export type FrontDoorFacts = { readonly locale: Locale; readonly isDemo: boolean; readonly logo: string | null };

const LOCALES: readonly Locale[] = ["en", "fr", "de", "ca"];

/** The page at `/`: one sentence, and the doors. People to be are offered in the demo only. */
export function frontDoorPage({ locale, isDemo, logo }: FrontDoorFacts): string {
  const words = FRONT_DOOR[locale];
  const doors = isDemo
    ? [
        door("lea", "/shop/", "weft_shop", words.customer, words.customerDoes, words.open),
        door("jordi", "/till/", "weft_till", words.cashier, words.cashierDoes, words.open),
        door("anna", "/office/", "weft_office", words.manager, words.managerDoes, words.open),
      ].join("")
    : "";
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Weft</title>
<meta name="description" content="${words.sentence}">
<link rel="icon" href="/front-door/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/front-door/style.css">
</head>
<body>
<header><span class="logo">${logo ?? "Weft"}</span><nav aria-label="Language">${LOCALES.map((other) => `<a href="/?lang=${other}" lang="${other}"${other === locale ? ' aria-current="true"' : ""}>${other}</a>`).join("")}</nav></header>
<main>
<h1>${words.sentence}</h1>
<p class="under">${words.under}</p>
${doors && `<ul class="doors">${doors}</ul>`}
<p class="note" role="status" data-wait="${words.wait}" data-failed="${words.failed}"></p>
<div class="more">
<section><h2>${words.apps}</h2><ul><li><a href="/shop/">Shop</a></li><li><a href="/till/">Till</a></li><li><a href="/office/">Office</a></li></ul></section>
<section><h2>${words.docs}</h2><p><a href="/docs">${words.docsDoes}</a></p>${isDemo ? `<p><a href="/outbox">${words.outbox}</a></p>` : ""}</section>
</div>
</main>
<script src="/front-door/enter.js" type="module"></script>
</body>
</html>
`;
}

function door(persona: string, href: string, session: string, who: string, does: string, open: string): string {
  return `<li><h2>${who}</h2><p>${does}</p><a class="enter" href="${href}" data-persona="${persona}" data-session="${session}">${open}<span class="sr"> – ${who}</span></a></li>`;
}
