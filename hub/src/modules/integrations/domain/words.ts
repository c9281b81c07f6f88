import type { ConsentPurpose, ConsentTopic, ContactKind, Locale } from "@weft/contracts";

const list = (words: string): ReadonlySet<string> => new Set(words.split(/[|\n]/).map((word) => word.trim()));

const YES = list(`1|true|yes|y|t|on|x|✓|opt-in|optin|opted in|opted-in|subscribed|granted|given|active|confirmed|accepted|agreed|ja|j|wahr|
  angemeldet|erteilt|aktiv|zugestimmt|bestätigt|oui|o|vrai|inscrit|abonné|accordé|accepté|actif|sí|si|s|verdadero|cert|suscrito|subscrit|
  acceptat|aceptado|actiu|activo`);
const NO =
  list(`0|false|no|n|f|off|-|opt-out|optout|opted out|opted-out|unsubscribed|not subscribed|not_subscribed|withdrawn|revoked|denied|
  refused|declined|cleaned|inactive|bounced|nein|falsch|abgemeldet|widerrufen|abgelehnt|inaktiv|non|faux|désinscrit|désabonné|retiré|refusé|
  inactif|fals|falso|baixa|baja|retirat|rebutjat|rechazado|inactiu|inactivo`);
/** What systems write for "nobody has said anything". */
const NOTHING = list(`|unknown|none|null|n/a|na|not set|undefined|never|pending|unbekannt|inconnu|desconegut|desconocido`);

/**
 * What somebody said: a yes, a no, or nothing. A word that is none of these is undefined: it must be looked at, because a missing yes is no
 * yes, and a no that was overlooked would be written over.
 */
export function readDecision(text: string): "granted" | "withdrawn" | "nothing" | undefined {
  const word = text.trim().toLowerCase();
  if (NOTHING.has(word)) return "nothing";
  if (YES.has(word)) return "granted";
  return NO.has(word) ? "withdrawn" : undefined;
}

const KIND_WORDS: readonly (readonly [ContactKind, ReadonlySet<string>])[] = [
  ["email", list("email|e-mail|mail|newsletter|courriel|correu|correo")],
  ["sms", list("sms|text|text message|texto|mms")],
  ["push", list("push|app|notification|push notification|benachrichtigung|notificació")],
  ["phone", list("phone|call|telephone|telefon|anruf|téléphone|appel|trucada|telèfon|llamada|teléfono")],
  ["post", list("post|letter|postal|direct mail|brief|courrier|carta|correu postal|correo postal")],
];

export function readContactKind(text: string): ContactKind | undefined {
  const word = text.trim().toLowerCase();
  return KIND_WORDS.find(([, words]) => words.has(word))?.[0];
}

const PURPOSE_WORDS: readonly (readonly [ConsentPurpose, ReadonlySet<string>])[] = [
  ["marketing", list("marketing|advertising|werbung|publicité|publicitat|publicidad|promotion|promotions")],
  ["research", list("research|survey|surveys|forschung|marktforschung|umfrage|étude|études|recerca|investigación")],
];

export function readPurpose(text: string): ConsentPurpose | undefined {
  const word = text.trim().toLowerCase();
  return PURPOSE_WORDS.find(([, words]) => words.has(word))?.[0];
}

const TOPIC_WORDS: readonly (readonly [ConsentTopic, ReadonlySet<string>])[] = [
  ["offers", list("offers|offer|promotions|deals|angebote|offres|ofertes|ofertas")],
  ["news", list("news|newsletter|neuigkeiten|nouveautés|actualités|novetats|novedades|butlletí|boletín")],
  ["reminders", list("reminders|reminder|erinnerungen|rappels|recordatoris|recordatorios")],
  ["surveys", list("surveys|survey|umfragen|sondages|enquêtes|enquestes|encuestas")],
];

export function readTopic(text: string): ConsentTopic | undefined {
  const word = text.trim().toLowerCase();
  return TOPIC_WORDS.find(([, words]) => words.has(word))?.[0];
}

const LANGUAGE_WORDS: readonly (readonly [Locale, ReadonlySet<string>])[] = [
  ["en", list("english|englisch|anglais|anglès|inglés")],
  ["fr", list("french|französisch|français|francais|francès|francés")],
  ["de", list("german|deutsch|allemand|alemany|alemán")],
  ["ca", list("catalan|katalanisch|català|catalán|valencià")],
];

/** A language that the hub speaks: `fr`, `fr-CH`, `Français`; undefined for every other. */
export function readLocale(text: string): Locale | undefined {
  const word = text.trim().toLowerCase();
  const code = /^(en|fr|de|ca)(?:[-_][a-z]{2,4})?$/.exec(word)?.[1];
  return LANGUAGE_WORDS.find(([locale, words]) => locale === code || words.has(word))?.[0];
}

/** What people write for a country, and no list of countries has. */
const SHORT_COUNTRIES: Readonly<Record<string, string>> = {
  UK: "GB",
  ENGLAND: "GB",
  SCOTLAND: "GB",
  USA: "US",
  HOLLAND: "NL",
  D: "DE",
  F: "FR",
  A: "AT",
  E: "ES",
  I: "IT",
};

let codesByName: ReadonlyMap<string, string> | undefined;

/** A country as two letters, from its code or its name in the languages that the hub speaks; undefined when there is none. */
export function readCountry(text: string): string | undefined {
  const trimmed = text.trim();
  const short = SHORT_COUNTRIES[trimmed.toUpperCase().replaceAll(".", "")];
  if (short !== undefined) return short;
  if (/^[A-Za-z]{2}$/.test(trimmed)) return trimmed.toUpperCase();
  codesByName ??= countryNames();
  return codesByName.get(plain(trimmed));
}

function countryNames(): Map<string, string> {
  const codes = countryCodes();
  const found = new Map<string, string>();
  for (const language of ["en", "fr", "de", "ca", "es"]) {
    const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of codes) {
      const name = names.of(code);
      if (name !== undefined) found.set(plain(name), code);
    }
  }
  return found;
}

/** Codes that stand for themselves: of countries that are no more, the language data leads to those that came after. */
function countryCodes(): string[] {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  return letters.flatMap((first) =>
    letters.map((second) => first + second).filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`),
  );
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^\p{L}]+/gu, "");

/** A value that no field takes: a number where it is one and nothing is lost by it (`007` and `+33…` stay texts), else a text. */
export function readTrait(text: string, decimal: "." | ","): string | number {
  const pattern = decimal === "," ? /^-?(0|[1-9]\d{0,14})(,\d{1,6})?$/ : /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/;
  return pattern.test(text) ? Number(text.replace(",", ".")) : text;
}

/** Given and family name of `Léa Fontaine` and of `Fontaine, Léa`; a single word is a given name. */
export function splitName(text: string): { givenName?: string; familyName?: string } {
  const name = text.trim().replaceAll(/\s+/g, " ");
  const [family = "", given] = name.split(",").map((part) => part.trim());
  if (given !== undefined) return { ...(given && { givenName: given }), ...(family && { familyName: family }) };
  const at = name.lastIndexOf(" ");
  if (at < 0) return name === "" ? {} : { givenName: name };
  return { givenName: name.slice(0, at), familyName: name.slice(at + 1) };
}

/** A spreadsheet's mark that a text is no formula, as our own exports write it, is none of the text. */
export const withoutGuard = (text: string): string => text.replace(/^'(?='*[=+\-@\t\r])/, "");

const ROLE_WORDS: readonly (readonly ["owner" | "buyer" | "member", ReadonlySet<string>])[] = [
  [
    "owner",
    list(
      "owner|admin|administrator|manager|inhaber|inhaberin|geschäftsführer|geschäftsführerin|propriétaire|gérant|gérante|propietari|propietària|titular",
    ),
  ],
  [
    "buyer",
    list("buyer|purchaser|purchasing|orders|besteller|bestellerin|einkäufer|einkäuferin|einkauf|acheteur|acheteuse|comprador|compradora"),
  ],
  ["member", list("member|employee|user|staff|mitglied|mitarbeiter|mitarbeiterin|membre|employé|employée|membre|empleat|empleada|miembro")],
];

/** What somebody is to a company; undefined for a word that must be looked at. */
export function readRole(text: string): "owner" | "buyer" | "member" | undefined {
  const word = text.trim().toLowerCase();
  return ROLE_WORDS.find(([, words]) => words.has(word))?.[0];
}
