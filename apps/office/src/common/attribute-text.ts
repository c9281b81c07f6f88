import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { isLocale, LOCALE_NAMES } from "@weft/ui/i18n/locales.ts";
import { formatPhone } from "@weft/ui/i18n/phone.ts";

const ADDRESS_PARTS = ["line1", "line2", "postcode", "city", "country"] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What a record or profile knows of a person, as it is read: dates and languages in words, an address in one line. */
export function attributeText(name: string, value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "object") return name === "address" ? addressText(value) : JSON.stringify(value);
  if (typeof value !== "string") return JSON.stringify(value);
  if (name === "birthDate" && DATE.test(value)) return formatBusinessDate(value, "long");
  if (name === "phone") return formatPhone(value);
  return name === "locale" && isLocale(value) ? LOCALE_NAMES[value] : value;
}

function addressText(address: object): string {
  const parts = ADDRESS_PARTS.map((part): unknown => Reflect.get(address, part));
  return parts.filter((part) => typeof part === "string" && part !== "").join(", ");
}
