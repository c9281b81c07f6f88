import { LOCALES, type Locale, type LocalizedText } from "@weft/contracts";
import { importPKCS8, SignJWT } from "jose";
import { z } from "zod";
import type { GoogleWallet, WalletCard } from "../../loyalty/index.ts";
import type { GoogleSettings } from "./settings.ts";
import { WALLET_WORDS } from "./words.ts";

const SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer";
const SAVE = "https://pay.google.com/gp/v/save/";
const PATIENCE_MS = 10_000;
const AN_HOUR_SECONDS = 3600;

/**
 * Google Wallet with a retailer's issuer account [WAL-3]: class and object come to be by the link that a phone saves, and the object is changed by
 * PATCH, which leaves alone what it does not name (PUT would erase it).
 */
export function googleWallet(settings: GoogleSettings): GoogleWallet {
  const token = accessTokens(settings);
  const change = async (passId: string, part: object): Promise<void> => {
    const response = await fetch(`${settings.apiUrl}/loyaltyObject/${objectId(settings, passId)}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
      body: JSON.stringify(part),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.arrayBuffer();
    // Nobody saved it: there is nothing to change.
    if (!response.ok && response.status !== 404) throw new Error(`Google Wallet answered ${response.status}`);
  };
  return {
    async saveLink(card) {
      const payload = { loyaltyClasses: [loyaltyClass(settings, card)], loyaltyObjects: [loyaltyObject(settings, card)] };
      const claims = { typ: "savetowallet", origins: [], payload };
      return SAVE + (await signed(settings, claims, "google"));
    },
    update: (card) => change(card.passId, changing(card)),
    end: (passId) =>
      change(passId, { state: "EXPIRED", accountName: "", accountId: "", loyaltyPoints: { balance: { int: 0 } }, barcode: null }),
  };
}

const objectId = ({ issuerId }: GoogleSettings, passId: string): string => `${issuerId}.${passId}`;
const classId = ({ issuerId, classSuffix }: GoogleSettings): string => `${issuerId}.${classSuffix}`;

function loyaltyClass(settings: GoogleSettings, { programName }: WalletCard) {
  return {
    id: classId(settings),
    issuerName: settings.issuerName,
    programName,
    programLogo: { sourceUri: { uri: settings.logoUrl } },
    hexBackgroundColor: settings.color,
    reviewStatus: "UNDER_REVIEW",
    localizedAccountNameLabel: localized(({ member }) => member),
    localizedAccountIdLabel: localized(({ number }) => number),
    localizedRewardsTierLabel: localized(({ tier }) => tier),
  };
}

function loyaltyObject(settings: GoogleSettings, card: WalletCard) {
  return {
    id: objectId(settings, card.passId),
    classId: classId(settings),
    state: "ACTIVE",
    accountId: card.cardNumber,
    barcode: { type: "QR_CODE", value: card.cardNumber, alternateText: card.cardNumber },
    locations: card.stores.map(({ latitude, longitude }) => ({ latitude, longitude })),
    ...changing(card),
  };
}

/** What of an object changes with the card. */
function changing({ givenName, points, tierName }: WalletCard) {
  return {
    ...(givenName !== null && { accountName: givenName }),
    loyaltyPoints: { localizedLabel: localized((words) => words.points), balance: { int: points } },
    ...(tierName && { secondaryLoyaltyPoints: { localizedLabel: localized(({ tier }) => tier), balance: { string: tierName.en } } }),
  };
}

function localized(word: (words: (typeof WALLET_WORDS)[Locale]) => string) {
  const text: LocalizedText = {
    en: word(WALLET_WORDS.en),
    fr: word(WALLET_WORDS.fr),
    de: word(WALLET_WORDS.de),
    ca: word(WALLET_WORDS.ca),
  };
  return {
    defaultValue: { language: "en", value: text.en },
    translatedValues: LOCALES.flatMap((language) => (language === "en" ? [] : [{ language, value: text[language] ?? text.en }])),
  };
}

async function signed({ clientEmail, privateKey }: GoogleSettings, claims: Record<string, unknown>, audience: string): Promise<string> {
  const key = await importPKCS8(privateKey, "RS256");
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", typ: "JWT" })
    .setIssuer(clientEmail)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${AN_HOUR_SECONDS}s`)
    .sign(key);
}

const TokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() });

/** Access tokens of the service account (RFC 7523), each used until a minute before it ends. */
function accessTokens(settings: GoogleSettings): () => Promise<string> {
  let known: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (known && known.until > Date.now()) return known.token;
    const assertion = await signed(settings, { scope: SCOPE }, settings.tokenUrl);
    const response = await fetch(settings.tokenUrl, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`Google gave no access: ${response.status}`);
    const { access_token: token, expires_in: seconds } = TokenAnswer.parse(await response.json());
    known = { token, until: Date.now() + (seconds - 60) * 1000 };
    return token;
  };
}
