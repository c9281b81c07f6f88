import { z } from "zod";

const Pem = (what: string) =>
  z.string().regex(new RegExp(`^-----BEGIN [A-Z ]*${what}-----`), `must be PEM and begin with -----BEGIN ${what}-----`);
const HexColor = z.string().regex(/^#[0-9a-f]{6}$/i);

/** The setting `WEFT_APPLE_WALLET`: the pass type of the retailer's Apple developer account, with its certificate and key. */
export const AppleSettings = z.strictObject({
  passTypeIdentifier: z.string().regex(/^pass\.[\w.-]{1,150}$/),
  teamIdentifier: z.string().regex(/^[A-Z0-9]{10}$/),
  /** Who issues the pass, as the phone shows it. */
  organizationName: z.string().min(1).max(80),
  certificate: Pem("CERTIFICATE"),
  key: Pem("PRIVATE KEY"),
  keyPassphrase: z.string().optional(),
  /** Apple's intermediate certificate (Worldwide Developer Relations) that signed the other. */
  wwdr: Pem("CERTIFICATE"),
  color: HexColor.default("#96391d"),
  /** PNG in base64, 87 pixels wide and high; left out: a card on its color. */
  icon: z.base64().optional(),
  pushUrl: z.url().default("https://api.push.apple.com"),
  /** The authority of `pushUrl`, where it is none that Node knows: a test's own. */
  pushAuthority: Pem("CERTIFICATE").optional(),
});
export type AppleSettings = z.output<typeof AppleSettings>;

/** The setting `WEFT_GOOGLE_WALLET`: the issuer account, and the service account that may write for it. */
export const GoogleSettings = z.strictObject({
  issuerId: z.string().regex(/^\d{10,25}$/),
  /** Names the class of all cards within the issuer: never changed once used. */
  classSuffix: z
    .string()
    .regex(/^[\w.-]{1,60}$/)
    .default("weft_card"),
  issuerName: z.string().min(1).max(20),
  /** Google fetches the logo from there. */
  logoUrl: z.url({ protocol: /^https$/ }),
  color: HexColor.default("#96391d"),
  clientEmail: z.email(),
  privateKey: Pem("PRIVATE KEY"),
  tokenUrl: z.url().default("https://oauth2.googleapis.com/token"),
  apiUrl: z.url().default("https://walletobjects.googleapis.com/walletobjects/v1"),
});
export type GoogleSettings = z.output<typeof GoogleSettings>;

/** Reads one of these settings. Throws with what is wrong, without repeating a secret. */
export function readWalletSettings<T>(name: string, schema: z.ZodType<T>, text: string | undefined): T | null {
  if (text === undefined) return null;
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`${name} is not as it should be: ${wrong.join("; ")}`);
}
