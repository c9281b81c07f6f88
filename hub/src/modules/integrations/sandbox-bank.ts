import { LOCALES, type Locale } from "@weft/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { localeOf } from "../../platform/index.ts";
import type { createSandboxProvider } from "./sandbox-provider.ts";

type Sandbox = ReturnType<typeof createSandboxProvider>;

const SECURITY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'";

/**
 * The page of the payer's bank at `/sandbox/bank/<challenge>`, for cards of the sandbox that ask for a step there [PAY-22], in the language of
 * the payer's browser. It needs no script: one form with two buttons, and then back to the shop. It decides about play money only.
 */
export function serveSandboxBank(app: FastifyInstance, sandbox: Sandbox): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: 1000 }, (_request, body, done) =>
      done(null, body),
    );
    scope.get<{ Params: { challenge: string } }>("/sandbox/bank/:challenge", async (request, reply) => {
      const locale = spokenBy(request);
      const step = await sandbox.stepAt(request.params.challenge, locale);
      if (!step) return page(reply, 404, locale, endedPage(locale, null));
      return page(reply, 200, locale, step.isOpen ? askPage(locale, step.amount) : endedPage(locale, step.returnUrl));
    });
    scope.post<{ Params: { challenge: string } }>("/sandbox/bank/:challenge", async (request, reply) => {
      const { challenge } = request.params;
      await sandbox.decideStep(challenge, request.body === "decision=confirm");
      const locale = spokenBy(request);
      const step = await sandbox.stepAt(challenge, locale);
      return step?.returnUrl ? reply.redirect(step.returnUrl, 303) : page(reply, step ? 200 : 404, locale, endedPage(locale, null));
    });
  });
}

function spokenBy({ headers }: Pick<FastifyRequest, "headers">): Locale {
  const spoken = localeOf(headers["accept-language"]);
  return LOCALES.find((locale) => locale === spoken) ?? "en";
}

type Words = {
  readonly title: string;
  readonly ask: (amount: string) => string;
  readonly play: string;
  readonly confirm: string;
  readonly refuse: string;
  readonly ended: string;
  readonly back: string;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: "Test bank",
    ask: (amount) => `Is it you who pays ${amount}?`,
    play: "No money moves: this is the bank of test cards.",
    confirm: "Yes, it is me",
    refuse: "No, refuse",
    ended: "There is nothing to confirm any more.",
    back: "Back to the shop",
  },
  fr: {
    title: "Banque de test",
    ask: (amount) => `Est-ce bien vous qui payez ${amount} ?`,
    play: "Aucun argent ne circule : c’est la banque des cartes de test.",
    confirm: "Oui, c’est moi",
    refuse: "Non, refuser",
    ended: "Il n’y a plus rien à confirmer.",
    back: "Retour à la boutique",
  },
  de: {
    title: "Testbank",
    ask: (amount) => `Sind Sie es, der ${amount} bezahlt?`,
    play: "Es fließt kein Geld: Das ist die Bank der Testkarten.",
    confirm: "Ja, das bin ich",
    refuse: "Nein, ablehnen",
    ended: "Hier gibt es nichts mehr zu bestätigen.",
    back: "Zurück zum Shop",
  },
  ca: {
    title: "Banc de proves",
    ask: (amount) => `Ets tu qui paga ${amount}?`,
    play: "No es mou cap diner: és el banc de les targetes de prova.",
    confirm: "Sí, soc jo",
    refuse: "No, refusa-ho",
    ended: "Ja no hi ha res per confirmar.",
    back: "Torna a la botiga",
  },
};

function page(reply: FastifyReply, status: number, locale: Locale, body: string): FastifyReply {
  const { title } = WORDS[locale];
  return reply
    .code(status)
    .header("content-security-policy", SECURITY)
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-store")
    .header("vary", "accept-language")
    .type("text/html; charset=utf-8")
    .send(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`);
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function askPage(locale: Locale, amount: string): string {
  const { ask, play, confirm, refuse } = WORDS[locale];
  return `<p>${ask(`<b>${escape(amount)}</b>`)} ${play}</p>
<form method="post"><button name="decision" value="confirm">${confirm}</button><button name="decision" value="refuse" class="quiet">${refuse}</button></form>`;
}

function endedPage(locale: Locale, returnUrl: string | null): string {
  const { ended, back } = WORDS[locale];
  return `<p>${ended}</p>${returnUrl ? `<p><a href="${escape(returnUrl)}">${back}</a></p>` : ""}`;
}

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}
main{max-width:26rem;margin:12vh auto 0;padding:1.5rem}h1{font-size:1.25rem}form{display:grid;gap:.75rem}
button{font:inherit;min-height:3rem;border:0;border-radius:.75rem;background:#1f5a4c;color:#fff;cursor:pointer}
button.quiet{background:none;color:CanvasText;border:1px solid GrayText}:focus-visible{outline:3px solid #1f5a4c;outline-offset:2px}`;
