import type { Locale } from "@weft/contracts";
import { FRONT_DOOR } from "./texts.ts";

export type FrontDoorFacts = { readonly locale: Locale; readonly isDemo: boolean; readonly logo: string | null };

const LOCALES: readonly Locale[] = ["en", "fr", "de", "ca"];

/** The page at `/`: one sentence, and the doors. People to be are offered in the demo only. */
export function frontDoorPage({ locale, isDemo, logo }: FrontDoorFacts): string {
  const words = FRONT_DOOR[locale];
  const doors = isDemo
    ? [
        `<li class="first"><h2>${words.tour}</h2><p>${words.tourDoes}</p><a class="enter" href="/tour/?lang=${locale}">${words.tourOpen}</a></li>`,
        `<li><h2>${words.apps}</h2><ul class="people">${[
          person("lea", "/shop/", "weft_shop", words.customer, words.customerDoes),
          person("jordi", "/till/", "weft_till", words.cashier, words.cashierDoes),
          person("anna", "/office/", "weft_office", words.manager, words.managerDoes),
        ].join("")}</ul></li>`,
        `<li><h2>${words.docs}</h2><p>${words.docsDoes}</p><a class="enter quiet" href="/docs">${words.docsOpen}</a></li>`,
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
<section><h2>${words.bare}</h2><ul><li><a href="/shop/">${words.shop}</a></li><li><a href="/till/">${words.till}</a></li><li><a href="/office/">${words.office}</a></li></ul></section>
${isDemo ? `<section><h2>${words.mail}</h2><p><a href="/outbox">${words.outbox}</a></p></section>` : `<section><h2>${words.docs}</h2><p><a href="/docs">${words.docsDoes}</a></p></section>`}
</div>
</main>
<script src="/front-door/enter.js" type="module"></script>
</body>
</html>
`;
}

function person(persona: string, href: string, session: string, who: string, does: string): string {
  return `<li><a href="${href}" data-persona="${persona}" data-session="${session}">${who}</a><p>${does}</p></li>`;
}
