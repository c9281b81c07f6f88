import { Transformer } from "@napi-rs/image";
import { LOCALES, type Locale } from "@weft/contracts";
import { PKPass, PassType } from "passkit-generator";
import type { WalletCard } from "../../loyalty/index.ts";
import type { AppleSettings } from "./settings.ts";
import { WALLET_WORDS } from "./words.ts";

export type PassAddress = { readonly token: string; readonly publicUrl: string };

/**
 * The signed file of a pass: `pass.json` with its texts in four languages, a manifest with the SHA-1 of every file, and the signature over the
 * manifest (PKCS #7, detached), as Apple's format asks for it [WAL-1].
 */
export async function applePass(settings: AppleSettings, card: WalletCard, { token, publicUrl }: PassAddress): Promise<Buffer> {
  const { certificate, key, keyPassphrase, wwdr } = settings;
  const pass = new PKPass(
    await images(settings),
    { wwdr, signerCert: certificate, signerKey: key, ...(keyPassphrase !== undefined && { signerKeyPassphrase: keyPassphrase }) },
    {
      serialNumber: card.passId,
      passTypeIdentifier: settings.passTypeIdentifier,
      teamIdentifier: settings.teamIdentifier,
      organizationName: settings.organizationName,
      description: "card",
      logoText: card.programName,
      backgroundColor: rgb(settings.color),
      foregroundColor: "rgb(255, 255, 255)",
      labelColor: "rgb(255, 255, 255)",
      authenticationToken: token,
      webServiceURL: `${publicUrl}/wallet/apple`,
    },
  );
  pass.types.push(fields(card));
  pass.setBarcodes({
    format: "PKBarcodeFormatQR",
    message: card.cardNumber,
    messageEncoding: "iso-8859-1",
    altText: spaced(card.cardNumber),
  });
  if (card.stores.length > 0)
    pass.setLocations(...card.stores.map(({ name, latitude, longitude }) => ({ latitude, longitude, relevantText: name })));
  for (const locale of LOCALES) pass.localize(locale, stringsOf(card, locale));
  return pass.getAsBuffer();
}

/** Labels are keys of the texts of each language; the phone takes those of its own. */
function fields(card: WalletCard): PassType<"storeCard"> {
  const type = new PassType("storeCard");
  type.primaryFields.push({
    key: "points",
    label: "points",
    value: card.points,
    numberStyle: "PKNumberStyleDecimal",
    changeMessage: "changed",
  });
  if (card.givenName !== null) type.secondaryFields.push({ key: "member", label: "member", value: card.givenName });
  if (card.tierName !== null) type.secondaryFields.push({ key: "tier", label: "tier", value: "tier_name" });
  type.backFields.push({ key: "number", label: "number", value: spaced(card.cardNumber) });
  type.backFields.push({
    key: "as_of",
    label: "as_of",
    value: card.asOf.toISOString(),
    dateStyle: "PKDateStyleMedium",
    timeStyle: "PKDateStyleShort",
  });
  type.backFields.push({ key: "use", label: "card", value: "use" });
  return type;
}

function stringsOf({ tierName }: WalletCard, locale: Locale): Record<string, string> {
  const { asOf, ...words } = WALLET_WORDS[locale];
  return { ...words, as_of: asOf, ...(tierName && { tier_name: tierName[locale] ?? tierName.en }) };
}

const spaced = (number: string): string => number.replaceAll(/(.{4})(?=.)/g, "$1 ");

function rgb(color: string): string {
  const part = (from: number) => Number.parseInt(color.slice(from, from + 2), 16);
  return `rgb(${part(1)}, ${part(3)}, ${part(5)})`;
}

/** Edges in pixels of the icon at the densities of phones. */
const ICON_SIZES = { "icon.png": 29, "icon@2x.png": 58, "icon@3x.png": 87, "logo.png": 50, "logo@2x.png": 100 } as const;

/** The retailer's icon, or a card on its color, once for each size. */
async function images({ icon, color }: AppleSettings): Promise<Record<string, Buffer>> {
  const drawn = await Promise.all(
    Object.entries(ICON_SIZES).map(async ([name, edge]) => {
      const image =
        icon === undefined ? Transformer.fromSvg(cardIcon(color, edge)) : new Transformer(Buffer.from(icon, "base64")).resize(edge, edge);
      return [name, await image.png()] as const;
    }),
  );
  return Object.fromEntries(drawn);
}

/** A card as lines: a letter would need a font, which a server may not have. */
function cardIcon(color: string, edge: number): string {
  const card = '<rect x="18" y="28" width="64" height="44" rx="7" fill="none" stroke="#fff" stroke-width="7"/>';
  const stripe = '<path d="M18 44h64M30 59h18" stroke="#fff" stroke-width="7"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${edge}" height="${edge}" viewBox="0 0 100 100"><rect width="100" height="100" rx="22" fill="${color}"/>${card}${stripe}</svg>`;
}
