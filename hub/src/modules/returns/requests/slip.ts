import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LOCALES, type Locale, type LocalizedText, type ReturnRequestView } from "@weft/contracts";
import Pdf from "pdfkit";
import { create } from "qrcode";
import type { Place } from "../../places/index.ts";

const REGULAR = import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");
const BOLD = import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf");

const WORDS: Readonly<Record<Locale, Readonly<Record<"title" | "to" | "order" | "inside" | "hint" | "free" | "own", string>>>> = {
  en: {
    title: "Return",
    to: "Send to",
    order: "Order",
    inside: "In the parcel",
    hint: "Cut off the upper part and fix it to the parcel. Put the lower part inside.",
    free: "We pay for the way back.",
    own: "You pay for the way back.",
  },
  fr: {
    title: "Retour",
    to: "À envoyer à",
    order: "Commande",
    inside: "Dans le colis",
    hint: "Découpez la partie du haut et collez-la sur le colis. Mettez celle du bas dedans.",
    free: "Les frais de retour sont à notre charge.",
    own: "Les frais de retour sont à votre charge.",
  },
  de: {
    title: "Rücksendung",
    to: "Zu senden an",
    order: "Bestellung",
    inside: "Im Paket",
    hint: "Den oberen Teil abtrennen und auf das Paket kleben. Den unteren hineinlegen.",
    free: "Den Rückweg bezahlen wir.",
    own: "Den Rückweg bezahlen Sie.",
  },
  ca: {
    title: "Devolució",
    to: "Cal enviar-ho a",
    order: "Comanda",
    inside: "Dins del paquet",
    hint: "Retalleu la part de dalt i enganxeu-la al paquet. Poseu la de baix a dins.",
    free: "El retorn el paguem nosaltres.",
    own: "El retorn el pagueu vós.",
  },
};

const MARGIN = 50;
const INK = "#2a2420";
const QUIET = "#6b625b";
const QR_POINTS = 110;

/**
 * The slip of a parcel that comes back, as PDF, A4: above what is stuck onto it, with the address and the code, below what lies in it. It names
 * nobody who sends it.
 */
export async function drawSlip(
  request: ReturnRequestView,
  place: Pick<Place, "name" | "address">,
  brand: { readonly name: string; readonly accent: string },
  locale: string,
): Promise<Buffer> {
  const language = LOCALES.find((one) => one === locale.slice(0, 2)) ?? "en";
  const words = WORDS[language];
  const at = new Date(request.requestedAt);
  const pdf = new Pdf({
    size: "A4",
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN },
    lang: language,
    displayTitle: true,
    info: { Title: `${words.title} ${request.number}`, Author: brand.name, Creator: brand.name, CreationDate: at, ModDate: at },
  });
  pdf.registerFont("regular", fontAt(REGULAR)).registerFont("bold", fontAt(BOLD));
  const { line1, line2, postcode, city, country } = place.address;
  pdf.font("bold").fontSize(13).fillColor(brand.accent).text(brand.name, MARGIN, MARGIN);
  pdf.font("regular").fontSize(10).fillColor(QUIET).text(words.to, MARGIN, 100);
  const land = new Intl.DisplayNames(language, { type: "region" }).of(country) ?? country;
  const address = [place.name, line1, ...(line2 ? [line2] : []), `${postcode} ${city}`, land].join("\n");
  pdf.font("bold").fontSize(16).fillColor(INK).text(address, { lineGap: 3 });
  drawCode(pdf, request.code ?? request.number, 595.28 - MARGIN - QR_POINTS, 100);
  pdf
    .moveTo(MARGIN, 320)
    .lineTo(595.28 - MARGIN, 320)
    .dash(4, { space: 4 })
    .lineWidth(0.5)
    .strokeColor(QUIET)
    .stroke()
    .undash();
  pdf.font("regular").fontSize(9).fillColor(QUIET).text(words.hint, MARGIN, 328);
  pdf.font("bold").fontSize(20).fillColor(INK).text(`${words.title} ${request.number}`, MARGIN, 370);
  pdf
    .font("regular")
    .fontSize(10)
    .fillColor(QUIET)
    .text(`${words.order} ${request.orderNumber} · ${request.isParcelFree ? words.free : words.own}`, { lineGap: 12 });
  pdf.font("bold").fillColor(INK).text(words.inside, { lineGap: 4 });
  pdf.font("regular");
  for (const { quantity, name, options } of request.lines)
    pdf.text(`${quantity} × ${[name, ...options].map((text) => inLanguage(text, language)).join(", ")}`, { lineGap: 3 });
  pdf.end();
  const parts: Uint8Array[] = [];
  for await (const part of pdf) parts.push(part as Uint8Array); // a PDF is a stream of bytes
  return Buffer.concat(parts);
}

const fontAt = (url: string): Buffer => readFileSync(fileURLToPath(url));

const inLanguage = (text: LocalizedText, language: Locale): string => text[language] || text.en;

/** The code as QR, and below it as it is read aloud. */
function drawCode(pdf: PDFKit.PDFDocument, code: string, left: number, top: number): void {
  const { modules } = create(code, { errorCorrectionLevel: "M" });
  const side = QR_POINTS / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) pdf.rect(left + column * side, top + row * side, side, side);
  pdf.fillColor("#000000").fill();
  const spaced = code.replaceAll(/(.{2})(.{4})(.{4})/g, "$1 $2 $3");
  pdf
    .font("bold")
    .fontSize(11)
    .fillColor(INK)
    .text(spaced, left - 20, top + QR_POINTS + 6, { width: QR_POINTS + 40, align: "center" });
  pdf.x = MARGIN;
}
