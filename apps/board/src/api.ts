import { createApi } from "@weft/ui/api/api.ts";

/** This page's connection to the hub. */
export const api = createApi({ app: "board" });
