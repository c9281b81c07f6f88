import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { api } from "../api.ts";
import { sessionQuery } from "../customer/session.ts";
import { termsQuery } from "../terms/terms.ts";
import { chooseMeasuring, measureChoice } from "./choice.ts";

/** The words in which this is asked, as the choice is kept with them. */
const WORDING = "2026-11";
/** How long what the account says of it is taken as known. */
const KNOWN_MS = 60_000;

type Weft = { page(): void; consent(given: boolean): void; push(...calls: unknown[]): void };
const inWindow = window as { weft?: Weft }; // the script puts it there

/**
 * Measures the page that is shown now, once the visitor has said yes. The script comes with the first yes: before it nothing of it is in
 * the browser, and after a no it forgets what it kept.
 */
export async function measurePage(): Promise<void> {
  if (measureChoice() !== "yes" || !(await isAccountWilling())) return;
  await load();
  inWindow.weft?.page();
}

/**
 * What was said on any channel holds here, too: a no of the account ends measuring in this browser, and where the account has said nothing
 * the yes of this browser becomes its own.
 */
async function isAccountWilling(): Promise<boolean> {
  const customer = api.queries.getQueryData(sessionQuery.queryKey)?.customer;
  if (!customer) return true;
  const { uses } = await api.queries.fetchQuery({ ...termsQuery(customer.customerId), staleTime: KNOWN_MS });
  const said = uses.find(({ purpose }) => purpose === "measurement")?.state;
  if (said === "withdrawn") {
    await setMeasuring(false);
    return false;
  }
  if (said === "none") await tellAccount(customer.customerId, true);
  return true;
}

/** Keeps the choice with the account of who is signed in. */
export async function tellAccount(customerId: string, isAllowed: boolean): Promise<void> {
  const body = { isAllowed, wordingVersion: WORDING, language: currentLocale() };
  const terms = await api.ask("consent.allowUse", { params: { id: "me", purpose: "measurement" }, body });
  api.queries.setQueryData(termsQuery(customerId).queryKey, terms);
}

/** Takes the visitor's choice: a yes begins with the page that they are on, a no forgets everything but itself. */
export async function setMeasuring(isAllowed: boolean): Promise<void> {
  chooseMeasuring(isAllowed ? "yes" : "no");
  if (isAllowed) await load();
  inWindow.weft?.consent(isAllowed);
}

let loading: Promise<void> | undefined;

function load(): Promise<void> {
  loading ??= loadScript();
  return loading;
}

async function loadScript(): Promise<void> {
  const { publishableKey } = await api.config();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const script = document.createElement("script");
  script.src = "/weft.js";
  script.dataset["key"] = publishableKey ?? "";
  script.addEventListener("load", () => resolve(true));
  // A browser that blocks it is not measured, and the shop goes on.
  script.addEventListener("error", () => resolve(false));
  document.head.append(script);
  if (await promise) inWindow.weft?.consent(true);
}
