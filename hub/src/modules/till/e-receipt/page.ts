import { LOCALES, type EReceiptView, type Locale } from "@weft/contracts";
import { formatMoney, type Money } from "@weft/kernel";
import { toString as drawCode } from "qrcode";
import { STYLE } from "./style.ts";
import { E_RECEIPT_WORDS, type EReceiptWords } from "./words.ts";

export type PageFacts = {
  readonly locale: Locale;
  readonly brand: string;
  /** The address of the page, as the code of the till says it. */
  readonly address: string;
  readonly token: string;
  /** Where it stands: `/r` the receipt itself, `/g` one without prices. */
  readonly path: "/r" | "/g";
};

/** A text as it stands in HTML. Everything on the page that is no word of ours goes through it: names of goods, places and rewards are data. */
export const safe = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");

/** The receipt as a page without scripts [TIL-24]: what was sold, how it was taxed and paid, how the journal holds it, and the code to bring it back. */
export async function receiptPage(receipt: EReceiptView, facts: PageFacts): Promise<string> {
  const words = E_RECEIPT_WORDS[facts.locale];
  const write = writerFor(facts.locale, words);
  // A code is dark on white, whatever the page is.
  const code = await drawCode(facts.address, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
  const link = (path: string) => `/r/${facts.token}${path}?language=${facts.locale}`;
  const body = `<main><article>
${write.head(receipt)}
${write.lines(receipt)}
${write.sums(receipt)}
${write.taxes(receipt)}
${write.toCome(receipt)}
${write.points(receipt)}
<section class="back"><h2>${words.bringBack}</h2><p class="quiet">${words.bringBackHint}</p><div class="qr" role="img" aria-label="${words.bringBack}">${code}</div></section>
${write.seal(receipt, `/v1/receipts/${facts.token}/proof`)}
${await tseSection(receipt, facts.locale, words)}
</article></main>
<div class="do">
${receipt.points === null ? `<a class="button" href="/shop/receipt/${facts.token}?lang=${facts.locale}">${words.claim}</a><p class="quiet">${words.claimHint}</p>` : ""}
<a class="button second" href="${link("/receipt.pdf")}">${words.pdf}</a>
</div>`;
  return frame(facts, words, { title: `${words.title} · ${receipt.place.name}`, body });
}

/** What a German receipt has to say of its technical security device [ARC-9]; nothing elsewhere. */
async function tseSection({ tse, timeZone }: EReceiptView, locale: Locale, words: EReceiptWords): Promise<string> {
  if (!tse) return "";
  const title = `<h2>${words.tse.title}</h2>`;
  if (tse.state !== "signed") return `<section>${title}<p>${safe(tseLines(tse, words, locale, timeZone).join(" "))}</p></section>`;
  const code = await drawCode(tse.code, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
  const lines = tseLines(tse, words, locale, timeZone).map((line) => `<small>${safe(line)}</small>`);
  return `<section class="back">${title}<div class="qr" role="img" aria-label="${words.tse.title}">${code}</div>${lines.join("")}</section>`;
}

/** The same as lines of text, which the PDF has too. */
export function tseLines(
  tse: NonNullable<EReceiptView["tse"]>,
  { tse: words }: Pick<EReceiptWords, "tse">,
  locale: Locale,
  timeZone: string,
): string[] {
  if (tse.state === "waiting") return [words.waiting];
  if (tse.state === "failed") return [words.failed(tse.error)];
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "medium", timeZone });
  return [
    `${words.transaction} ${tse.transaction}`,
    `${words.counter} ${tse.signatureCounter}`,
    `${words.start} ${clock.format(new Date(tse.startedAt))}`,
    `${words.end} ${clock.format(new Date(tse.finishedAt))}`,
    `${words.serial} ${tse.serial}`,
    `${words.signature} ${tse.signature}`,
  ];
}

/** Where no sale has this address: it may be one that a till has not sent yet [TIL-23], or none at all. */
export function missingPage(facts: PageFacts, mayCome: boolean): string {
  const words = E_RECEIPT_WORDS[facts.locale];
  const [title, text] = mayCome ? [words.waitingTitle, words.waitingText] : [words.unknownTitle, words.unknownText];
  const body = `<main><article><h1>${title}</h1><p>${text}</p></article></main>`;
  return frame(facts, words, { title, body, ...(mayCome && { lookAgain: 20 }) });
}

type Framed = { readonly title: string; readonly body: string; readonly lookAgain?: number };

/** A page of ours around a receipt, in every language that the hub speaks. */
export function frame({ locale, brand, token, path }: PageFacts, words: EReceiptWords, { title, body, lookAgain }: Framed): string {
  const address = `${path}/${encodeURIComponent(token)}`;
  const languages = LOCALES.map(
    (other) => `<a href="${address}?language=${other}" lang="${other}"${other === locale ? ' aria-current="true"' : ""}>${other}</a>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
${lookAgain === undefined ? "" : `<meta http-equiv="refresh" content="${lookAgain}">`}
<title>${safe(title)} · ${safe(brand)}</title>
<style>${STYLE}</style>
</head>
<body>
<nav aria-label="${words.languages}">${languages.join("")}</nav>
${body}
</body>
</html>
`;
}

function writerFor(locale: Locale, words: EReceiptWords) {
  const money = (sum: Money): string => safe(formatMoney(sum, locale));
  const minus = (sum: Money): string => money({ ...sum, amount: -sum.amount });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale);
  const row = (left: string, right: string, kind = ""): string => `<div class="row ${kind}"><dt>${left}</dt><dd>${right}</dd></div>`;
  const when = (at: string, timeZone: string): string =>
    safe(new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(at)));
  return {
    head: ({
      place,
      entity,
      number,
      at,
      timeZone,
      orderNumber,
      invoice,
      registerName,
      table,
    }: EReceiptView): string => `<header><h1>${safe(place.name)}</h1>
<p>${safe(place.address)}</p>${place.phone === null ? "" : `<p>${safe(place.phone)}</p>`}
<p>${safe(entity.name)}${entity.vatId === null ? "" : ` · ${safe(words.vatId(entity.vatId))}`}</p></header>
<div class="row"><span>${safe(number)}</span><time datetime="${safe(at)}">${when(at, timeZone)}</time></div>
${table === undefined ? "" : `<p>${safe(words.table(table))}</p>`}
<small>${[safe(words.order(orderNumber)), ...(invoice === undefined ? [] : [safe(words.invoice(invoice))]), ...(registerName === null ? [] : [safe(registerName)])].join(" · ")}</small>`,
    lines: ({ lines }: EReceiptView): string =>
      `<section><ul>${lines
        .map(({ name, options, quantity, weighed, isTyped, unitPrice, taxRate, total }) => {
          const each = weighed ?? (quantity > 1 ? words.each(unitPrice) : undefined);
          const weight = isTyped ? [words.byHand] : [];
          const more = [...options, ...(each === undefined ? [] : [each]), ...weight, percent.format(Number(taxRate))];
          return `<li class="row"><span>${weighed === undefined ? `${whole.format(quantity)} ` : ""}${safe(name)}<small>${safe(more.join(", "))}</small></span><span>${money(total)}</span></li>`;
        })
        .join("")}</ul></section>`,
    sums: ({ promotions, discount, total, tenders }: EReceiptView): string => {
      // Promotions are told by name; what is left of the discount came by codes and rewards.
      const others = promotions.reduce((rest, { amount }) => rest - amount.amount, discount.amount);
      const rows = [
        ...promotions.map(({ name, amount }) => row(safe(name), minus(amount))),
        ...(others > 0 ? [row(words.discount, minus({ ...discount, amount: others }))] : []),
        row(words.total, money(total), "total"),
        ...tenders.flatMap(({ rounding, tip }) => [
          ...(rounding ? [row(words.rounding, money(rounding))] : []),
          ...(tip ? [row(words.tip, money(tip))] : []),
        ]),
        ...tenders.map(({ kind, received, amount, tip }) =>
          row(words.tender[kind] ?? words.other, money(received ?? { ...amount, amount: amount.amount + (tip?.amount ?? 0) })),
        ),
        ...tenders.flatMap(({ change }) => (change && change.amount > 0 ? [row(words.change, money(change))] : [])),
      ];
      return `<section><dl>${rows.join("")}</dl></section>`;
    },
    taxes: ({ taxes }: EReceiptView): string =>
      `<section><table><thead><tr>${[words.rate, words.net, words.tax, words.gross].map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>${taxes
        .map(({ rate, net, tax, gross }) => {
          return `<tr><td>${percent.format(Number(rate))}</td><td>${money(net)}</td><td>${money(tax)}</td><td>${money(gross)}</td></tr>`;
        })
        .join("")}</tbody></table></section>`,
    toCome: ({ toCome }: EReceiptView): string =>
      toCome.length === 0
        ? ""
        : `<section><h2>${words.toCome}</h2>${toCome
            .map(({ kind, placeName, lines, promisedAt, timeZone, code }) => {
              const way = kind === "ship" ? words.ship : words.collect(placeName);
              const at = promisedAt === null ? "" : `, ${when(promisedAt, timeZone)}`;
              const goods = lines.map(({ name, quantity }) => `${whole.format(quantity)} ${name}`).join(", ");
              return `<p>${safe(way)}${at}<small>${safe(goods)}</small></p>${code === null ? "" : `<p>${words.code}: <strong>${safe(code)}</strong></p>`}`;
            })
            .join("")}</section>`,
    points: ({ points }: EReceiptView): string =>
      points === null
        ? ""
        : `<section>${points.rewards.map(({ name, points: used }) => `<p>${safe(words.burned(name, whole.format(used)))}</p>`).join("")}<p>${words.earned(whole.format(points.earned))}</p></section>`,
    seal: ({ seal, journalHash }: EReceiptView, proof: string): string =>
      `<section><h2>${words.journal}</h2><p class="${seal.state}">${words.seal[seal.state]}</p>${journalHash === null ? "" : `<code>${safe(journalHash)}</code>`}${
        seal.day === null
          ? ""
          : `<p>${safe(words.inRoot(new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${seal.day}T12:00:00Z`))))}</p><a href="${proof}">${words.proof}</a>`
      }</section>`,
  };
}
