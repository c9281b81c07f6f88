import { t } from "../t.ts";

const SERVICES = ["accessible", "collect", "early_opening", "eat_in", "late_opening", "ship", "terrace", "wifi"] as const;

/** What a store offers, in words; a service that the shop has no word for is shown as it came. */
export function serviceName(code: string): string {
  const known = SERVICES.find((service) => service === code);
  return known === undefined ? code.replaceAll("_", " ") : t(`shop.service.${known}`);
}
