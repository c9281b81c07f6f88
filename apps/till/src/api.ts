import { createApi } from "@weft/ui/api/api.ts";

/** A kiosk is a page of this app, and a device of its own: where a till is open in the same browser, neither is the other. */
export const isKiosk = location.pathname.startsWith(`${import.meta.env.BASE_URL}kiosk`);

/** This page's connection to the hub. */
export const api = createApi({ app: "till", ...(isKiosk && { room: "kiosk" }) });

// A till asks whatever the browser thinks of the network: what it cannot ask it knows, and a sale waits for no browser.
const defaults = api.queries.getDefaultOptions();
api.queries.setDefaultOptions({
  ...defaults,
  queries: { ...defaults.queries, networkMode: "always" },
  mutations: { ...defaults.mutations, networkMode: "always" },
});
