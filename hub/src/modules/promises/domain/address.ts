/** Where goods are shipped to, and to whom. `country` is ISO 3166-1 alpha-2. */
export type DeliveryAddress = {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
};

export type AddressField = keyof DeliveryAddress;

/** What is wrong with a part of an address; `example` shows a postcode of that country. */
export type AddressProblem = {
  readonly path: AddressField;
  readonly code: "missing" | "postcode_shape";
  readonly example?: string;
};

type PostcodeRule = { readonly shape: RegExp; readonly example: string };

/**
 * How a postcode looks, country by country, after the formats that the Universal Postal Union publishes. Where a country is not here any
 * postcode is taken: a wrong refusal loses an order, a typing error is found by the carrier.
 */
const POSTCODES: Readonly<Record<string, PostcodeRule>> = {
  AD: { shape: /^AD[1-7]00$/, example: "AD500" },
  AT: { shape: /^[1-9]\d{3}$/, example: "1010" },
  BE: { shape: /^[1-9]\d{3}$/, example: "1000" },
  CH: { shape: /^[1-9]\d{3}$/, example: "8001" },
  DE: { shape: /^(?!00)\d{5}$/, example: "10115" },
  ES: { shape: /^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/, example: "08002" },
  FR: { shape: /^(?!00)\d{5}$/, example: "69002" },
  IT: { shape: /^\d{5}$/, example: "20121" },
  LU: { shape: /^\d{4}$/, example: "1009" },
  NL: { shape: /^[1-9]\d{3} [A-Z]{2}$/, example: "1012 AB" },
  PT: { shape: /^[1-9]\d{3}-\d{3}$/, example: "1100-148" },
};

/** An address without the blanks around and between its words, its postcode and country in the form that they are compared in. */
export function tidyAddress({ name, line1, line2, postcode, city, country }: DeliveryAddress): DeliveryAddress {
  const land = squeeze(country).toUpperCase();
  return {
    name: squeeze(name),
    line1: squeeze(line1),
    line2: line2 === null || squeeze(line2) === "" ? null : squeeze(line2),
    postcode: tidyPostcode(postcode, land),
    city: squeeze(city),
    country: land,
  };
}

const squeeze = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** `F-69002`, `D 10115` and `1012ab` are how people write `69002`, `10115` and `1012 AB`. */
function tidyPostcode(text: string, country: string): string {
  const plain = squeeze(text).toUpperCase();
  if (country === "NL") return plain.replace(/^(\d{4}) ?([A-Z]{2})$/, "$1 $2");
  if (country === "PT") return plain.replace(/^(\d{4})[ -]?(\d{3})$/, "$1-$2");
  if (country === "AD" || !POSTCODES[country]) return plain;
  return plain.replace(/^[A-Z]{1,2}[- ]?(?=\d)/, "").replaceAll(/(?<=\d) (?=\d)/g, "");
}

/** What is missing or wrong in a tidy address [PRM-8], part by part in the order of the form; empty when it can be delivered to. */
export function addressProblems(address: DeliveryAddress): AddressProblem[] {
  const required = ["name", "line1", "postcode", "city", "country"] as const;
  const missing = required.filter((path) => address[path] === "");
  const problems: AddressProblem[] = missing.map((path) => ({ path, code: "missing" }));
  const rule = POSTCODES[address.country];
  if (rule && address.postcode !== "" && !rule.shape.test(address.postcode))
    problems.push({ path: "postcode", code: "postcode_shape", example: rule.example });
  return problems;
}
