import { createApi } from "@weft/ui/api/api.ts";

/** This page's connection to the hub. */
export const api = createApi({ app: "till" });

// A till asks whatever the browser thinks of the network: what it cannot ask it knows, and a sale waits for no browser.
const defaults = api.queries.getDefaultOptions();
api.queries.setDefaultOptions({
  ...defaults,
  queries: { ...defaults.queries, networkMode: "always" },
  mutations: { ...defaults.mutations, networkMode: "always" },
});
